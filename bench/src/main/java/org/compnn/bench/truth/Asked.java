package org.compnn.bench.truth;

import java.util.HashMap;
import java.util.Map;
import org.compnn.explain.Options;
import org.compnn.explain.Run;
import org.compnn.search.Distance;
import org.compnn.search.Field;

/** A picture that a network was asked about; its correspondences are found once for each way. */
final class Asked {
  /** Matches kept of each cell: those of smaller top-k are the first of them. */
  static final int MOST = 20;

  private final Subject subject;
  private final Example example;
  private final Run run;
  private final Map<Way, Field> fields = new HashMap<>();

  /**
   * How correspondences are found.
   *
   * @param layer an indexed layer
   * @param hyperpatch p
   * @param distance between hyperpatches
   */
  record Way(String layer, int hyperpatch, Distance distance) {
    Options options() {
      return Options.defaults()
          .layer(layer)
          .hyperpatch(hyperpatch)
          .distance(distance)
          .topK(MOST)
          .check(0);
    }
  }

  Asked(Subject subject, Example example, Run run) {
    this.subject = subject;
    this.example = example;
    this.run = run;
  }

  Subject subject() {
    return subject;
  }

  Example example() {
    return example;
  }

  Run run() {
    return run;
  }

  Field field(Way way) {
    return fields.computeIfAbsent(way, w -> run.match(w.options()).field());
  }
}
