/** Query cells in, a field of correspondences out: what is asked, what is found, and the seam. */
@NullMarked
package org.compnn.search;

import org.jspecify.annotations.NullMarked;
