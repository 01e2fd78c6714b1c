package org.compnn.spark;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.compnn.search.Field;
import org.compnn.search.FieldCheck;
import org.compnn.search.Found;
import org.compnn.search.How;
import org.compnn.search.Promise;

/** What the lists of a set have to say to a query, as it travels. */
sealed interface FieldReply extends Serializable {
  /**
   * A field, and how it was found.
   *
   * @param probes lists that were searched for a cell
   * @param rounds of propagation
   * @param promise of the lists, if there is one
   * @param seconds what it took the executor
   */
  record Matches(Field field, int probes, int rounds, List<Promise> promise, double seconds)
      implements FieldReply {
    public Matches {
      promise = List.copyOf(promise);
    }

    Found found() {
      return new Found(field, new How.Lists(probes, rounds, promise.stream().findFirst(), seconds));
    }
  }

  /** A check, where one could be made. */
  record Check(List<FieldCheck> outcome) implements FieldReply {
    public Check {
      outcome = List.copyOf(outcome);
    }
  }

  static FieldReply of(Optional<FieldCheck> outcome) {
    return new Check(outcome.stream().toList());
  }

  static FieldReply of(Found found) {
    return switch (found.how()) {
      case How.Lists(int probes, int rounds, Optional<Promise> promise, double seconds) ->
          new Matches(found.field(), probes, rounds, promise.stream().toList(), seconds);
      case How.Exact _ ->
          throw new IllegalStateException("the executor has other search lists than the driver");
    };
  }
}
