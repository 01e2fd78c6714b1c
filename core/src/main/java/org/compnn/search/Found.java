package org.compnn.search;

/**
 * What a search found.
 *
 * @param field the correspondences
 * @param how how they were found
 */
public record Found(Field field, How how) {}
