package org.compnn.bench.truth;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The linear datamodelling score (Park and others, "TRAK", 2023): networks are trained on random
 * halves of the pictures, and the sum of what a method gives to a half should order the halves as
 * their networks' outcomes in a region do.
 */
final class DatamodelScore implements Measure {
  private final int halves;

  /**
   * @param halves how many networks are trained
   */
  DatamodelScore(int halves) {
    this.halves = halves;
  }

  @Override
  public String name() {
    return "datamodels";
  }

  @Override
  public boolean suits(Kind kind) {
    return true;
  }

  @Override
  public List<Row> of(Setup setup) throws IOException {
    List<Example> training = setup.street().training();
    boolean[][] in = new boolean[halves][training.size()];
    double[][] outcomes = new double[setup.questions().size()][halves];
    for (int half = 0; half < halves; half++) {
      int[] order = Shuffled.of(training.size(), new Random(setup.seed() * 1000 + half));
      for (int i : Arrays.copyOf(order, training.size() / 2)) {
        in[half][i] = true;
      }
      boolean[] chosen = in[half];
      List<Example> examples =
          IntStream.range(0, chosen.length).filter(i -> chosen[i]).mapToObj(training::get).toList();
      List<Outcome> found =
          Outcome.of(setup.kind(), setup.train("half-" + half, examples), setup.questions());
      for (int q = 0; q < outcomes.length; q++) {
        outcomes[q][half] = found.get(q).score();
      }
    }
    List<Row> rows = new ArrayList<>();
    for (Attributor method : setup.methods()) {
      List<Double> scores = new ArrayList<>();
      for (int q = 0; q < outcomes.length; q++) {
        scores.add(score(in, setup.attributed(method, setup.questions().get(q)), outcomes[q]));
      }
      rows.add(setup.row(name(), "Spearman over %d halves".formatted(halves), method, scores));
    }
    return rows;
  }

  /**
   * The score of one region.
   *
   * @param in for each half which pictures it has
   * @param attributed what a method gives to each picture
   * @param outcomes of the halves' networks
   */
  static double score(boolean[][] in, double[] attributed, double[] outcomes) {
    double[] sums = new double[in.length];
    for (int half = 0; half < in.length; half++) {
      for (int i = 0; i < attributed.length; i++) {
        sums[half] += in[half][i] ? attributed[i] : 0;
      }
    }
    double spearman = Ranks.spearman(sums, outcomes);
    return Double.isNaN(spearman) ? 0 : spearman;
  }
}
