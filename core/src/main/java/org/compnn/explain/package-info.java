/** One picture explained: what was asked, one run of the network, and what was found. */
@NullMarked
package org.compnn.explain;

import org.jspecify.annotations.NullMarked;
