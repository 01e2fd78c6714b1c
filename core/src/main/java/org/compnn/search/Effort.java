package org.compnn.search;

/**
 * What a {@link FieldSearch} spends on a field.
 *
 * @param probes lists searched for a cell, 1 or more
 * @param within groups whose lists are looked at to choose them, 1 or more
 * @param candidates matches by code whose full distance is calculated, 1 or more
 * @param rounds rounds of propagation at the most, 0 or more
 */
record Effort(int probes, int within, int candidates, int rounds) {}
