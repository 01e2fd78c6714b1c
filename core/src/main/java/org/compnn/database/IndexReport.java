package org.compnn.database;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * How a build went. It can be sent to another process.
 *
 * @param exemplars how many the database has
 * @param resumed how many of them an earlier build, broken off, had left
 * @param skipped what could not be read and was left out
 * @param workers how many pictures were worked on at once
 * @param total time of this build from begin to end
 * @param network time that the network itself ran in this build: the sum over the workers, divided
 *     by their number
 */
public record IndexReport(
    int exemplars,
    int resumed,
    List<Skipped> skipped,
    int workers,
    Duration total,
    Duration network)
    implements Serializable {
  public IndexReport {
    skipped = List.copyOf(skipped);
  }

  /**
   * A training pair that was left out.
   *
   * @param id its name in the data set
   * @param why the line that says what is wrong with it
   */
  public record Skipped(String id, String why) implements Serializable {}
}
