package org.compnn.bench.truth;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How much a region changes though nothing was taken out: the same pictures, other seeds of the
 * weights and of their order.
 */
final class Noise implements Measure {
  private final int networks;

  /**
   * @param networks how many are trained, 2 or more
   */
  Noise(int networks) {
    this.networks = networks;
  }

  @Override
  public String name() {
    return "noise";
  }

  @Override
  public boolean suits(Kind kind) {
    return true;
  }

  @Override
  public List<Row> of(Setup setup) throws IOException {
    int questions = setup.questions().size();
    List<List<Double>> scores = new ArrayList<>();
    List<List<Double>> wrong = new ArrayList<>();
    for (int q = 0; q < questions; q++) {
      scores.add(new ArrayList<>());
      wrong.add(new ArrayList<>());
    }
    for (int i = 1; i <= networks; i++) {
      Path model =
          setup
              .trainer()
              .train(
                  setup.kind(),
                  setup.name("again-" + i),
                  setup.street().training(),
                  setup.seed() + 1000L * i);
      List<Outcome> found = Outcome.of(setup.kind(), model, setup.questions());
      for (int q = 0; q < questions; q++) {
        int pixels = setup.questions().get(q).region().mask().count();
        scores.get(q).add(found.get(q).score() / pixels);
        wrong.get(q).add(found.get(q).wrong());
      }
    }
    List<Row> rows = new ArrayList<>();
    rows.add(row(setup, "score per pixel", scores.stream().map(Noise::mean).toList()));
    rows.add(row(setup, "its deviation", scores.stream().map(Removal::deviation).toList()));
    if (setup.kind().labels()) {
      rows.add(row(setup, "wrong pixels", wrong.stream().map(Noise::mean).toList()));
    }
    return rows;
  }

  private Row row(Setup setup, String figure, List<Double> values) {
    return setup.row(name(), figure, "%d other seeds".formatted(networks), values);
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }
}
