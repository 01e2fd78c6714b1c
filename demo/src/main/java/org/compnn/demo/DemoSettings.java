package org.compnn.demo;

import org.compnn.problem.UserError;

/**
 * How large a demo is.
 *
 * @param exemplars training buildings in the databases, the first of those that the networks were
 *     trained on: 8 to 1,000
 * @param queries unseen buildings explained in either direction, 1 to 12
 * @param swapped how many of them are painted from one style at a time as well
 * @param seed names the street of the unseen buildings; not that of the training
 */
public record DemoSettings(int exemplars, int queries, int swapped, long seed) {
  static final int FEWEST = 8;
  static final int MOST_QUERIES = 12;

  public DemoSettings {
    if (exemplars < FEWEST || exemplars > ShippedModel.TRAINING_COUNT) {
      throw new UserError(
          "--count: expected %d to %d training buildings, found %d"
              .formatted(FEWEST, ShippedModel.TRAINING_COUNT, exemplars));
    }
    if (queries < 1 || queries > MOST_QUERIES || swapped < 0 || swapped > queries) {
      throw new UserError("--queries: expected 1 to %d, found %d".formatted(MOST_QUERIES, queries));
    }
    if (seed == ShippedModel.TRAINING_SEED) {
      throw new UserError(
          "--seed: %d is the street that the networks were trained on; choose another"
              .formatted(seed));
    }
  }
}
