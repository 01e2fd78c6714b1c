package org.compnn.bench.field;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * How runs are made.
 *
 * @param inputs the folder that holds the data sets and networks
 * @param work the folder that is kept between runs
 * @param python runs FAISS
 * @param threads numbers of threads to time
 * @param repeats timed runs; the best counts
 * @param peerLimit seconds that building a peer's index may take
 * @param peerMemory bytes that a peer's vectors may take
 * @param patience seconds that one timed run of a peer may take
 * @param prepare whether to build everything and measure nothing
 * @param peers beginnings of the names of the peers wanted; empty for all that the case has
 * @param hidden variables that peers run without
 */
public record Limits(
    Path inputs,
    Path work,
    String python,
    List<Integer> threads,
    int repeats,
    double peerLimit,
    double peerMemory,
    double patience,
    boolean prepare,
    List<String> peers,
    Predicate<String> hidden) {
  public Limits {
    threads = List.copyOf(threads);
    peers = List.copyOf(peers);
  }
}
