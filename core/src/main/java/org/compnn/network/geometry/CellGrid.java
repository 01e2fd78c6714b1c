package org.compnn.network.geometry;

/**
 * How the cells of a tensor lie over the picture.
 *
 * @param rowAxis the tensor's axis of the rows
 * @param columnAxis its axis of the columns
 * @param vertical the geometry along the rows
 * @param horizontal the geometry along the columns
 */
public record CellGrid(int rowAxis, int columnAxis, Geometry vertical, Geometry horizontal) {}
