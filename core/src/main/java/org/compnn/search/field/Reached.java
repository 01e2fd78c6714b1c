package org.compnn.search.field;

import org.compnn.search.Field;

/**
 * What a search with a time budget came to.
 *
 * @param field the field
 * @param probes lists that were searched for a cell, 0 where the search was exact
 * @param rounds rounds of propagation
 * @param seconds what it took
 */
public record Reached(Field field, int probes, int rounds, double seconds) {}
