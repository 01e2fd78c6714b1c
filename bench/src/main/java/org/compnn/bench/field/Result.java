package org.compnn.bench.field;

import java.util.List;

/**
 * What came out for one contender of a case.
 *
 * @param name of the contender
 * @param own whether it is ours
 * @param version of the library
 * @param generic whether it was compiled without the vector instructions that this machine has, so
 *     that it is not the peer at its full strength
 * @param built seconds that building its index took, some time; negative if unknown or none
 * @param bytes of its index; for ours the lists, beside the cells of the database
 * @param notRun why nothing was measured; empty if something was
 */
record Result(
    String name,
    boolean own,
    String version,
    boolean generic,
    double built,
    long bytes,
    String notRun,
    List<Setting> settings) {
  Result {
    settings = List.copyOf(settings);
  }

  /** One setting of the dial at one number of threads; see {@link Answer.Run}. */
  record Setting(
      String setting, int threads, double seconds, int cells, long memory, Score score) {}
}
