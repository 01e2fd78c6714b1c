package org.compnn.search;

/**
 * An exemplar as a whole, as the answer to a query.
 *
 * @param exemplar index of the exemplar in the database
 * @param distance distance of the two layers, over all cells in the same places
 */
public record GlobalMatch(int exemplar, double distance) {}
