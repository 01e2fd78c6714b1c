/** The command line. */
@NullMarked
package org.compnn.cli;

import org.jspecify.annotations.NullMarked;
