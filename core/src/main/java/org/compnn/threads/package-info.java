/** The one pool of threads that all calculations share, and work done ahead of who takes it. */
@NullMarked
package org.compnn.threads;

import org.jspecify.annotations.NullMarked;
