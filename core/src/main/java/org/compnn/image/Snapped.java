package org.compnn.image;

/**
 * A picture of palette colours turned into classes.
 *
 * @param labels the class of the nearest colour for every pixel
 * @param far share of pixels that lie further than the tolerance from every colour, 0..1
 */
public record Snapped(LabelMap labels, double far) {}
