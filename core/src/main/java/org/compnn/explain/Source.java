package org.compnn.explain;

/**
 * The training pixel that a pixel of a composition was cut from.
 *
 * @param exemplar index of the training picture
 * @param row its row there, at the size of the network's output, from 0
 * @param column its column there
 * @param distance of the hyperpatch that was matched, 0 or more
 */
public record Source(int exemplar, int row, int column, float distance) {}
