package org.compnn.network.geometry;

/**
 * How cells lie over the picture that are folded into the axes of a tensor.
 *
 * @param order where their numbers lie
 * @param vertical the geometry along the rows
 * @param horizontal the geometry along the columns
 */
public record FoldedCells(CellOrder order, Geometry vertical, Geometry horizontal) {}
