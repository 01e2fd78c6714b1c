package org.compnn.bench.field;

import java.util.List;
import org.compnn.bench.Instructions;

/**
 * What a contender's process found.
 *
 * @param version of the library
 * @param instructions which of the processor's vector instructions the library runs with, in its
 *     own words; {@link Instructions#JVM} for those that the JVM chooses; empty if unknown
 * @param built seconds that building the index took; negative if it was there already
 * @param bytes of the index on disk
 * @param notRun why nothing was measured; empty if something was
 * @param runs in the order of settings and threads
 */
record Answer(
    String version, String instructions, double built, long bytes, String notRun, List<Run> runs) {
  Answer {
    runs = List.copyOf(runs);
  }

  /**
   * One setting at one number of threads.
   *
   * @param seconds for the field of one picture, the mean over the pictures in the best run
   * @param cells searched for a picture; where they are not all, {@code seconds} is scaled up
   * @param memory most bytes of memory that belong to no file, during the runs; negative if unknown
   * @param ranked how many of a cell's best were kept
   * @param best for each picture an NPY file (cells searched, 1 + ranked) of whole numbers: the
   *     cell, then its best, nearest first, as {@code found} has them; empty if only one was kept
   * @param found for each picture and cell of the sample: exemplar x cells an exemplar + cell, or
   *     -1
   */
  record Run(
      String setting,
      int threads,
      double seconds,
      int cells,
      long memory,
      int ranked,
      List<String> best,
      List<List<Long>> found) {
    Run {
      best = List.copyOf(best);
      found = List.copyOf(found);
    }
  }
}
