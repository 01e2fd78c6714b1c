/** Short forms of the campaigns. */
@NullMarked
package org.compnn.chaos;

import org.jspecify.annotations.NullMarked;
