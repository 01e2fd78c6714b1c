package org.compnn.demo;

import org.compnn.problem.UserError;

/**
 * How large a demo is.
 *
 * @param exemplars training buildings in the databases, the first of those that the networks were
 *     trained on: 8 to 1,000
 * @param painted unseen buildings painted from their labels, 1 to 12
 * @param labelled how many of the same are labelled from their photos as well, 1 or more; a photo
 *     has four times as many cells to search for
 * @param swapped how many of the painted ones are also painted from one style at a time
 * @param seed names the street of the unseen buildings; not that of the training
 */
public record DemoSettings(int exemplars, int painted, int labelled, int swapped, long seed) {
  static final int FEWEST = 8;
  static final int MOST_QUERIES = 12;

  public DemoSettings {
    if (exemplars < FEWEST || exemplars > ShippedModel.TRAINING_COUNT) {
      throw new UserError(
          "--count: expected %d to %d training buildings, found %d"
              .formatted(FEWEST, ShippedModel.TRAINING_COUNT, exemplars));
    }
    if (painted < 1 || painted > MOST_QUERIES) {
      throw new UserError("--queries: expected 1 to %d, found %d".formatted(MOST_QUERIES, painted));
    }
    if (labelled < 1 || labelled > painted || swapped < 0 || swapped > painted) {
      throw new IllegalArgumentException(
          "%d labelled and %d swapped of %d".formatted(labelled, swapped, painted));
    }
    if (seed == ShippedModel.TRAINING_SEED) {
      throw new UserError(
          "--seed: expected unseen buildings, found %d, the seed of the training buildings; choose another"
              .formatted(seed));
    }
  }
}
