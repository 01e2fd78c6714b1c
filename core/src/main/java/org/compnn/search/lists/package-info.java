/** Inverted lists of short codes: built from a layer's hyperpatches, read list by list. */
@NullMarked
package org.compnn.search.lists;

import org.jspecify.annotations.NullMarked;
