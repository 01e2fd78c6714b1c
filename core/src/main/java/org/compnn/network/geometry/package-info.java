/**
 * Where the cells of a tensor lie over the picture and what they see of it, worked out from the
 * graph.
 */
@NullMarked
package org.compnn.network.geometry;

import org.jspecify.annotations.NullMarked;
