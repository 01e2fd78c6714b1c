/** The one pool of threads that all calculations share. */
@NullMarked
package org.compnn.threads;

import org.jspecify.annotations.NullMarked;
