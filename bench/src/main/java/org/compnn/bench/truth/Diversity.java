package org.compnn.bench.truth;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How many training pictures are among the first few of all questions, over how many could be. */
final class Diversity implements Measure {
  private static final int FIRST = 5;

  @Override
  public String name() {
    return "diversity";
  }

  @Override
  public boolean suits(Kind kind) {
    return true;
  }

  @Override
  public List<Row> of(Setup setup) {
    List<Row> rows = new ArrayList<>();
    for (Attributor method : setup.methods()) {
      List<int[]> firsts =
          setup.questions().stream()
              .map(question -> Ranks.first(setup.attributed(method, question), FIRST))
              .toList();
      rows.add(
          setup.row(
              name(),
              "distinct among first %d".formatted(FIRST),
              method,
              List.of(share(firsts, setup.street().training().size()))));
    }
    return rows;
  }

  /**
   * Distinct pictures over the most that there could be.
   *
   * @param firsts the first pictures for each question
   * @param pictures how many there are
   */
  static double share(List<int[]> firsts, int pictures) {
    Set<Integer> distinct = new HashSet<>();
    int all = 0;
    for (int[] first : firsts) {
      all += first.length;
      for (int i : first) {
        distinct.add(i);
      }
    }
    return (double) distinct.size() / Math.min(all, pictures);
  }
}
