package org.compnn.bench.field;

import java.util.List;

/**
 * What a contender's process is told to do, as a JSON file. Every contender runs in a process of
 * its own, so that its memory is its own and nobody compiles or fragments for another.
 *
 * @param library compnn, faiss, jvector, lucene or patchmatch
 * @param database the folder of the database, for compnn
 * @param layer for compnn
 * @param hyperpatch for compnn
 * @param queries one NPY file a picture: activations (rows, columns, C) for compnn, projected
 *     hyperpatches (rows x columns, axes) for everyone else; projecting them is not counted
 * @param samples for each picture the cells whose matches are wanted
 * @param vectors NPY file of the training set's projected hyperpatches (cells, axes)
 * @param rows rows of cells an exemplar
 * @param columns columns of cells an exemplar
 * @param index the library's description of its index
 * @param file where the index is kept
 * @param settings of the dial, in this order
 * @param ranked how many of a cell's best are kept, each number a run: 1 for the best alone, more
 *     for runs whose best are ranked by the full distance afterwards
 * @param threads numbers of threads to time
 * @param repeats timed runs; the best counts
 * @param limit seconds that building the index may take
 * @param patience seconds that a run of all pictures may take; beyond that a part of the cells is
 *     searched and the time scaled up
 * @param prepare whether to build the index and end
 */
record Order(
    String library,
    String database,
    String layer,
    int hyperpatch,
    List<String> queries,
    List<List<Integer>> samples,
    String vectors,
    int rows,
    int columns,
    String index,
    String file,
    List<Integer> settings,
    List<Integer> ranked,
    List<Integer> threads,
    int repeats,
    double limit,
    double patience,
    boolean prepare) {
  /** Seconds that a setting of a contender on the JVM runs before it is timed, at the most. */
  private static final double WARM = 5;

  /** How long a setting of a contender on the JVM runs before it is timed. */
  long warmNanos() {
    return (long) (Math.min(WARM, patience) * 1e9);
  }

  Order {
    queries = List.copyOf(queries);
    samples = List.copyOf(samples);
    settings = List.copyOf(settings);
    ranked = List.copyOf(ranked);
    threads = List.copyOf(threads);
  }
}
