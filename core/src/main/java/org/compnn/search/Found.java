package org.compnn.search;

/**
 * What a search found.
 *
 * @param field the correspondences
 * @param how what the search did for them
 */
public record Found(Field field, How how) {}
