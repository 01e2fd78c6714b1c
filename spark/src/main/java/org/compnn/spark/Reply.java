package org.compnn.spark;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.compnn.search.GlobalMatch;
import org.compnn.search.exact.ExactPart;

/** What some of the exemplars have to say to a query. */
sealed interface Reply extends Serializable {
  /** Bytes of a candidate. */
  int CANDIDATE = 20;

  /** Candidates of each cell. */
  record Cells(ExactPart part) implements Reply {}

  /**
   * The nearest exemplars.
   *
   * @param count how many were asked for
   */
  record Exemplars(List<Whole> nearest, int count) implements Reply {
    public Exemplars {
      // A list that can be sent.
      nearest = List.copyOf(nearest);
    }

    List<GlobalMatch> matches() {
      return nearest.stream()
          .map(whole -> new GlobalMatch(whole.exemplar(), whole.distance()))
          .toList();
    }
  }

  /** An exemplar and its distance, as they travel: 12 bytes. */
  record Whole(int exemplar, double distance) implements Serializable {}

  /** What both parts have to say; to the same query. */
  static Reply both(Reply one, Reply other) {
    return switch (one) {
      case Cells(ExactPart mine) when other instanceof Cells(ExactPart theirs) ->
          new Cells(ExactPart.together(List.of(mine, theirs)));
      case Exemplars(List<Whole> mine, int count)
          when other instanceof Exemplars(List<Whole> theirs, int _) ->
          new Exemplars(
              Stream.concat(mine.stream(), theirs.stream())
                  .sorted(
                      Comparator.comparingDouble(Whole::distance).thenComparingInt(Whole::exemplar))
                  .limit(count)
                  .toList(),
              count);
      default -> throw new IllegalArgumentException("replies to different queries");
    };
  }
}
