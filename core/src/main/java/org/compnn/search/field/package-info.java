/** The fast search: seeds from the lists, ranked in full and passed on between neighbours. */
@NullMarked
package org.compnn.search.field;

import org.jspecify.annotations.NullMarked;
