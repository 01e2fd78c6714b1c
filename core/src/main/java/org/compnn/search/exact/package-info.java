/** The reference: every cell compared with every cell, and every exemplar as a whole. */
@NullMarked
package org.compnn.search.exact;

import org.jspecify.annotations.NullMarked;
