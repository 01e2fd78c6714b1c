/** Query cells in, a field of correspondences out. */
@NullMarked
package org.compnn.search;

import org.jspecify.annotations.NullMarked;
