package org.compnn.explain;

/**
 * How long the stages of an explanation took, in milliseconds.
 *
 * @param network the run of the network, which may have served other explanations as well
 * @param search finding the field
 * @param compose pasting outputs and input
 */
public record Timings(double network, double search, double compose) {}
