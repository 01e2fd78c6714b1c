package org.compnn.study;

import org.compnn.database.Database;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;

/**
 * How a wrong pixel is shared among those of its matches that say what the network wrongly says.
 */
public enum Weigh {
  /** All alike: the default. */
  NONE,
  /**
   * Where matches carry the wrong label, among these alone, each by 1 minus the network's
   * probability of its label: what was little learned moves a network more than what it knows.
   * Where none does, all alike.
   */
  LOSS;

  /**
   * Looks whether a database has what this needs.
   *
   * @throws UserError if not
   */
  public void expect(Database database) {
    if (this == LOSS && !database.hasLearned()) {
      throw UserError.about(
          Knob.WEIGH,
          database.folder()
              + ": expected the network's probabilities of its labels to weigh matches by, found"
              + " none; index the data set again (a network that gives no scores has none), or"
              + " share alike");
    }
  }
}
