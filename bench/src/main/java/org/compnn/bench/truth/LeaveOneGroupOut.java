package org.compnn.bench.truth;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A network is trained without each of the four styles, or without each drive: how much worse a
 * region then comes out is what that style was worth to it. A method is asked for the order of the
 * styles.
 */
final class LeaveOneGroupOut implements Measure {
  @Override
  public String name() {
    return "leave-one-group-out";
  }

  @Override
  public boolean suits(Kind kind) {
    return true;
  }

  @Override
  public List<Row> of(Setup setup) throws IOException {
    List<Example> training = setup.street().training();
    List<Outcome> whole = Outcome.of(setup.kind(), setup.whole(), setup.questions());
    int all = setup.kind().groups();
    double[][] gains = new double[setup.questions().size()][all];
    for (int group = 0; group < all; group++) {
      int left = group;
      Path model =
          setup.train(
              "without-style-" + group, training.stream().filter(e -> e.group() != left).toList());
      List<Outcome> without = Outcome.of(setup.kind(), model, setup.questions());
      for (int q = 0; q < gains.length; q++) {
        gains[q][group] = whole.get(q).score() - without.get(q).score();
      }
    }
    List<Row> rows = new ArrayList<>();
    for (Attributor method : setup.methods()) {
      List<Double> ndcg = new ArrayList<>();
      List<Double> reciprocal = new ArrayList<>();
      List<Double> first = new ArrayList<>();
      for (int q = 0; q < gains.length; q++) {
        double[] groups = summed(setup.attributed(method, setup.questions().get(q)), training, all);
        ndcg.add(Ranks.ndcg(gains[q], groups));
        reciprocal.add(Ranks.reciprocalRank(gains[q], groups));
        first.add(Ranks.topOne(gains[q], groups));
      }
      rows.add(setup.row(name(), "nDCG", method, ndcg));
      rows.add(setup.row(name(), "MRR", method, reciprocal));
      rows.add(setup.row(name(), "top-1", method, first));
    }
    return rows;
  }

  /** What a method gives to each group, per picture of it. */
  static double[] summed(double[] attributed, List<Example> training, int groups) {
    double[] sums = new double[groups];
    int[] counts = new int[groups];
    for (int i = 0; i < attributed.length; i++) {
      int group = training.get(i).group();
      if (group < sums.length) {
        sums[group] += attributed[i];
        counts[group]++;
      }
    }
    for (int g = 0; g < sums.length; g++) {
      sums[g] /= Math.max(1, counts[g]);
    }
    return sums;
  }
}
