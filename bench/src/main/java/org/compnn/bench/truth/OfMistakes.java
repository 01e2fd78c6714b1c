package org.compnn.bench.truth;

import java.io.IOException;
import java.util.List;

/**
 * Another measure, asked about wrong regions alone: what made the network give the wrong label, so
 * the outcome is the probability of that. This is what {@code blame} is asked.
 *
 * @param measure of whole regions
 */
record OfMistakes(Measure measure) implements Measure {
  @Override
  public String name() {
    return "wrong regions, " + measure.name();
  }

  @Override
  public boolean suits(Kind kind) {
    return kind.labels();
  }

  @Override
  public List<Row> of(Setup setup) throws IOException {
    return measure.of(setup.ofMistakes()).stream().map(row -> row.of(name())).toList();
  }
}
