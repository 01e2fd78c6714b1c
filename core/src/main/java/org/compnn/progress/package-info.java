/** How far a long task has come, told to whoever listens. */
@NullMarked
package org.compnn.progress;

import org.jspecify.annotations.NullMarked;
