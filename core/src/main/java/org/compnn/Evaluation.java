package org.compnn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.compnn.compose.Labels;
import org.compnn.database.CellStore;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.Pair;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.measure.MetricsTable;
import org.compnn.measure.Tally;
import org.compnn.network.Activations;
import org.compnn.network.Layer;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.report.Explanation;
import org.compnn.search.FieldCheck;
import org.compnn.search.GlobalMatch;
import org.compnn.search.exact.GlobalSearch;

/**
 * Measures compositions over a data set: the network, CompNN with original and with self-supervised
 * labels, and the global nearest neighbour by every indexed layer, each against ground truth and
 * against the network's own output; what the network makes of the reconstructed input is one more
 * answer.
 *
 * @param table one row for each answer and reference
 * @param reconstruction how near inputs pasted from training inputs come to the input, one row for
 *     each way to paste them
 * @param pictures how many pictures were measured
 * @param search seconds that a picture's search took, on average
 * @param check how near the fields come to exact ones, if they are not and were checked
 * @param skipped one line for each pair that was left out
 */
public record Evaluation(
    MetricsTable table,
    MetricsTable reconstruction,
    int pictures,
    double search,
    Optional<FieldCheck> check,
    List<String> skipped) {
  private static final String NETWORK = "network";
  private static final String TRUTH = "truth";

  public Evaluation {
    skipped = List.copyOf(skipped);
  }

  private record Answer(String name, String against) {}

  /** What is counted over all pictures: of outputs and of reconstructed inputs. */
  private record Tallies(
      Map<Answer, Tally> outputs,
      Map<Answer, Tally> inputs,
      List<Double> searches,
      List<FieldCheck> checks) {}

  /**
   * Runs an evaluation.
   *
   * @param options how to explain a picture, by its id
   * @param layers indexed layers to match at besides that of the options, by name or alias
   * @param limit at most so many pictures, spread evenly over the data set
   * @throws UserError if nothing is left to measure
   */
  public static Evaluation of(
      CompNN compnn,
      Dataset dataset,
      Function<String, ExplainOptions> options,
      List<String> layers,
      int limit,
      Progress progress) {
    List<Pair> pairs = spread(dataset.pairs(), limit);
    Tallies tallies =
        new Tallies(
            new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>());
    List<String> skipped = new ArrayList<>(dataset.skipped());
    int measured = 0;
    try (Progress.Task task = progress.begin("evaluating", "pictures", pairs.size())) {
      for (Pair pair : pairs) {
        try {
          measure(compnn, pair, options.apply(pair.id()), layers, tallies);
          measured++;
        } catch (UserError e) {
          if (!dataset.skipsBroken()) {
            throw e;
          }
          skipped.add(String.valueOf(e.getMessage()));
        }
        task.advance(1);
      }
    }
    if (measured == 0) {
      throw new UserError(dataset.name() + ": no picture could be measured");
    }
    return new Evaluation(
        table(tallies.outputs()),
        table(tallies.inputs()),
        measured,
        tallies.searches().stream().mapToDouble(Double::doubleValue).average().orElse(0),
        tallies.checks().isEmpty()
            ? Optional.empty()
            : Optional.of(FieldCheck.together(tallies.checks())),
        skipped);
  }

  private static MetricsTable table(Map<Answer, Tally> tallies) {
    List<MetricsTable.Row> rows = new ArrayList<>();
    tallies.forEach(
        (answer, tally) -> rows.add(MetricsTable.Row.of(answer.name(), answer.against(), tally)));
    return new MetricsTable(tallies.values().iterator().next().columns(), rows);
  }

  /** Every so many, so that a short run still sees the whole data set. */
  static <T> List<T> spread(List<T> all, int limit) {
    if (limit >= all.size()) {
      return all;
    }
    List<T> some = new ArrayList<>(limit);
    for (int i = 0; i < limit; i++) {
      some.add(all.get((int) ((long) i * all.size() / limit)));
    }
    return some;
  }

  private static void measure(
      CompNN compnn, Pair pair, ExplainOptions options, List<String> layers, Tallies tallies) {
    Pair.Content content = pair.read();
    // One run of the network serves the composition and the global matches.
    List<CellStore> stores = compnn.database().layers();
    CellStore matched = compnn.cells(options);
    long begin = System.nanoTime();
    Activations activations =
        compnn
            .network()
            .run(
                content.input(),
                stores.stream()
                    .map(store -> compnn.network().layer(store.layer().name()))
                    .toList());
    double milliseconds = (System.nanoTime() - begin) / 1e6;
    Explanation why =
        compnn.explain(
            pair.id(),
            activations,
            activations.layers().get(stores.indexOf(matched)),
            content.target(),
            options,
            milliseconds);
    tallies.searches().add(why.timings().getOrDefault("search", 0.0) / 1000);
    why.check().ifPresent(tallies.checks()::add);
    Map<String, Raster> answers = new LinkedHashMap<>();
    answers.put(NETWORK, why.network());
    answers.put(title(options.labels()), why.composition());
    why.other().ifPresent(other -> answers.put(title(CompNN.unchosen(options.labels())), other));
    Map<String, Picture> inputs = new LinkedHashMap<>();
    inputs.put("CompNN", why.reconstruction());
    answers.put(
        "network on CompNN's input",
        compnn.network().run(why.reconstruction(), List.of()).prediction());
    for (CellStore store : layers.stream().map(compnn.database()::cells).distinct().toList()) {
      if (store.layer().name().equals(matched.layer().name())) {
        continue;
      }
      Explanation there =
          compnn.explain(
              pair.id(),
              activations,
              activations.layers().get(stores.indexOf(store)),
              content.target(),
              options.withLayer(store.layer().name()),
              milliseconds);
      String at = ", at " + shortName(store.layer());
      answers.put(title(options.labels()) + at, there.composition());
      there
          .other()
          .ifPresent(other -> answers.put(title(CompNN.unchosen(options.labels())) + at, other));
      inputs.put("CompNN" + at, there.reconstruction());
    }
    globals(compnn, stores, activations, options, answers, inputs);
    inputs.forEach(
        (name, input) ->
            tally(tallies.inputs(), name, "input", why.input(), List.of())
                .add(pair.id(), why.input(), input));
    Optional<Raster> truth = why.truth();
    List<String> classes = compnn.palette().names();
    answers.forEach(
        (name, answer) -> {
          truth.ifPresent(
              right ->
                  tally(tallies.outputs(), name, TRUTH, right, classes)
                      .add(pair.id(), right, answer));
          if (!name.equals(NETWORK)) {
            tally(tallies.outputs(), name, NETWORK, why.network(), classes)
                .add(pair.id(), why.network(), answer);
          }
        });
  }

  private static void globals(
      CompNN compnn,
      List<CellStore> stores,
      Activations activations,
      ExplainOptions options,
      Map<String, Raster> answers,
      Map<String, Picture> inputs) {
    for (int i = 0; i < stores.size(); i++) {
      CellStore cells = stores.get(i);
      List<GlobalMatch> nearest =
          GlobalSearch.nearest(
              cells,
              activations.layers().get(i),
              options.distance(),
              compnn.selection(options),
              1,
              compnn.workers());
      int exemplar = nearest.getFirst().exemplar();
      String name = "global NN, " + shortName(cells.layer());
      answers.put(name + ", self", compnn.source(Labels.SELF).apply(exemplar));
      if (compnn.database().hasTargets()) {
        answers.put(name + ", original", compnn.source(Labels.ORIGINAL).apply(exemplar));
      }
      inputs.put(name, compnn.database().input(exemplar));
    }
  }

  private static String shortName(Layer layer) {
    return layer.aliases().stream()
        .filter(a -> a.equals("bottleneck") || a.equals("penultimate"))
        .findFirst()
        .orElse(layer.name());
  }

  private static Tally tally(
      Map<Answer, Tally> tallies, String name, String against, Raster like, List<String> classes) {
    return tallies.computeIfAbsent(new Answer(name, against), _ -> Tally.of(like, classes));
  }

  private static String title(Labels labels) {
    return switch (labels) {
      case ORIGINAL -> "CompNN, original";
      case SELF -> "CompNN, self";
    };
  }
}
