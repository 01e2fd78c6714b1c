package org.compnn.database;

/**
 * How many exemplars a replacement changed.
 *
 * @param pictures those whose picture is another
 * @param labels those whose picture is the same, and whose right output is another
 * @param same those that are as they were
 */
public record Replaced(int pictures, int labels, int same) {}
