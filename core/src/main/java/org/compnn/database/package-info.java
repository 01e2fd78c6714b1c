/** The folder that holds the embedded training set: open, verify, select. */
@NullMarked
package org.compnn.database;

import org.jspecify.annotations.NullMarked;
