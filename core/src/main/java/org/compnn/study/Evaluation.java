package org.compnn.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.compnn.CompNN;
import org.compnn.Index;
import org.compnn.compose.Labels;
import org.compnn.database.CellStore;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.Pair;
import org.compnn.explain.Explanation;
import org.compnn.explain.Options;
import org.compnn.explain.Query;
import org.compnn.explain.Run;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.measure.EvenSample;
import org.compnn.measure.MetricsTable;
import org.compnn.measure.Tally;
import org.compnn.network.Frame;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.search.FieldCheck;
import org.compnn.search.Found;
import org.compnn.search.Method;

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
 * @param judged the pictures one by one; their causes are those of the best match alone
 * @param check how near the fields come to exact ones, if they are not and were checked
 * @param skipped one line for each pair that was left out
 */
public record Evaluation(
    MetricsTable table,
    MetricsTable reconstruction,
    int pictures,
    double search,
    JudgedPictures judged,
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
      JudgedPictures judged,
      List<FieldCheck> checks) {}

  /**
   * Runs an evaluation.
   *
   * @param options how to explain a picture
   * @param layers indexed layers to match at besides that of the options, by name or alias
   * @param limit at most so many pictures, spread evenly over the data set
   * @throws UserError if nothing is left to measure
   */
  public static Evaluation of(
      CompNN compnn,
      Dataset dataset,
      Options options,
      List<String> layers,
      int limit,
      Progress progress) {
    List<Pair> pairs = EvenSample.of(dataset.pairs(), limit);
    Tallies tallies =
        new Tallies(
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new ArrayList<>(),
            new JudgedPictures(),
            new ArrayList<>());
    List<String> skipped = new ArrayList<>(dataset.skipped());
    Judge judge = Judge.withoutAxes(compnn, options);
    References references =
        isQuick(compnn, options) ? judge.references(progress) : References.UNKNOWN;
    try (Progress.Task task = progress.begin("evaluating", "pictures", pairs.size())) {
      compnn.<Consumer<Tallies>>inTurn(
          pairs.size(),
          options,
          number -> {
            try {
              return measured(compnn, pairs.get(number), options, layers, judge, references);
            } catch (UserError e) {
              if (!dataset.skipsBroken()) {
                throw e;
              }
              return _ -> skipped.add(String.valueOf(e.getMessage()));
            }
          },
          found -> {
            found.accept(tallies);
            task.advance(1);
          });
    }
    int measured = tallies.searches().size();
    if (measured == 0) {
      throw new UserError(
          dataset.name() + ": expected pictures to measure, found none that can be read");
    }
    return new Evaluation(
        table(tallies.outputs()),
        table(tallies.inputs()),
        measured,
        tallies.searches().stream().mapToDouble(Double::doubleValue).average().orElse(0),
        tallies.judged(),
        tallies.checks().isEmpty()
            ? Optional.empty()
            : Optional.of(FieldCheck.together(tallies.checks())),
        skipped);
  }

  /** Whether matching a few training pictures more is a matter of seconds. */
  private static boolean isQuick(CompNN compnn, Options options) {
    return options.method() instanceof Method.Near
        && !Index.lacksLists(compnn.database(), compnn.cells(options), options.hyperpatch());
  }

  private static MetricsTable table(Map<Answer, Tally> tallies) {
    List<MetricsTable.Row> rows = new ArrayList<>();
    tallies.forEach(
        (answer, tally) -> rows.add(MetricsTable.Row.of(answer.name(), answer.against(), tally)));
    return new MetricsTable(tallies.values().iterator().next().columns(), rows);
  }

  /** Explains a picture; what is given counts it. */
  private static Consumer<Tallies> measured(
      CompNN compnn,
      Pair pair,
      Options options,
      List<String> layers,
      Judge judge,
      References references) {
    Pair.Content content = pair.read();
    // One run of the network serves the composition and the global matches.
    Run run = compnn.run(new Query(pair.id(), content.sample(), content.target()));
    CellStore matched = compnn.cells(options);
    Explanation why = run.explain(options);
    Map<String, Raster> answers = new LinkedHashMap<>();
    answers.put(NETWORK, why.network());
    Map<String, Picture> inputs = new LinkedHashMap<>();
    put(why, "", answers, inputs);
    if (compnn.network().readsOnlyAPicture()) {
      answers.put(
          "network on CompNN's input",
          compnn.network().run(why.reconstruction(), run.frame(), List.of()).prediction());
    }
    for (CellStore store : layers.stream().map(compnn.database()::cells).distinct().toList()) {
      if (!store.layer().name().equals(matched.layer().name())) {
        put(
            run.explain(options.layer(store.layer().name())),
            ", at " + store.layer().shortName(),
            answers,
            inputs);
      }
    }
    globals(compnn, run, options, answers, inputs);
    Frame frame = run.frame();
    List<String> classes = compnn.palette().names();
    // The same search serves the judgement.
    Matched found = judge.matched(pair.id(), run, new Found(why.field(), why.how()));
    JudgedPicture judged = JudgedPicture.of(found, judge.judge(found, references));
    return tallies -> {
      tallies.judged().add(judged);
      count(why, frame, answers, inputs, classes, tallies);
    };
  }

  private static void count(
      Explanation why,
      Frame frame,
      Map<String, Raster> answers,
      Map<String, Picture> inputs,
      List<String> classes,
      Tallies tallies) {
    tallies.searches().add(why.how().seconds());
    why.check().ifPresent(tallies.checks()::add);
    // Padding is no part of a picture, and no answer about it counts.
    Frame.Region seen = frame.held(why.input().height(), why.input().width());
    Frame.Region held = frame.held(why.network().height(), why.network().width());
    inputs.forEach(
        (name, input) ->
            tally(tallies.inputs(), name, "input", why.input(), List.of())
                .add(why.name(), seen.cut(why.input()), seen.cut(input)));
    Optional<Raster> truth = why.truth().map(held::cut);
    Raster network = held.cut(why.network());
    answers.forEach(
        (name, whole) -> {
          Raster answer = held.cut(whole);
          truth.ifPresent(
              right ->
                  tally(tallies.outputs(), name, TRUTH, right, classes)
                      .add(why.name(), right, answer));
          if (!name.equals(NETWORK)) {
            tally(tallies.outputs(), name, NETWORK, network, classes)
                .add(why.name(), network, answer);
          }
        });
  }

  /** The global nearest neighbours by each layer; as with CompNN, those by own labels first. */
  private static void globals(
      CompNN compnn,
      Run run,
      Options options,
      Map<String, Raster> answers,
      Map<String, Picture> inputs) {
    List<GlobalAnswers.Answer> all = GlobalAnswers.of(compnn, run, options);
    for (CellStore cells : compnn.database().layers()) {
      String name = "global NN, " + cells.layer().shortName();
      for (Labels labels : List.of(Labels.SELF, Labels.ORIGINAL)) {
        for (GlobalAnswers.Answer answer : all) {
          if (answer.layer().equals(cells.layer()) && answer.labels() == labels) {
            answers.put(name + ", " + tag(labels), answer.output());
            inputs.put(name, answer.input());
          }
        }
      }
    }
  }

  /** The outputs and the input that an explanation pasted. */
  private static void put(
      Explanation why, String at, Map<String, Raster> answers, Map<String, Picture> inputs) {
    Labels labels = why.settings().labels();
    answers.put(title(labels) + at, why.composition());
    why.other().ifPresent(other -> answers.put(title(labels.other()) + at, other));
    inputs.put("CompNN" + at, why.reconstruction());
  }

  private static Tally tally(
      Map<Answer, Tally> tallies, String name, String against, Raster like, List<String> classes) {
    return tallies.computeIfAbsent(new Answer(name, against), _ -> Tally.of(like, classes));
  }

  private static String title(Labels labels) {
    return "CompNN, " + tag(labels);
  }

  private static String tag(Labels labels) {
    return switch (labels) {
      case ORIGINAL -> "original";
      case SELF -> "self";
    };
  }
}
