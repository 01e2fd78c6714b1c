package org.compnn.report;

/**
 * What a colour of a figure means.
 *
 * @param colour 0xRRGGBB
 * @param name the class
 */
public record LegendEntry(int colour, String name) {}
