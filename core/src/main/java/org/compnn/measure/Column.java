package org.compnn.measure;

/**
 * One metric of a table.
 *
 * @param key its name for machines, such as {@code mean_iou}; unique in a table
 * @param title its name for people
 * @param group columns of one group stand together under its name; empty for the main metrics
 * @param decimals digits after the point that a person wants to see
 */
public record Column(String key, String title, String group, int decimals) {}
