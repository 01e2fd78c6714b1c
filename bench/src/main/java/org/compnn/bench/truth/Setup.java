package org.compnn.bench.truth;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.compnn.bench.truth.Outcome.Question;
import org.compnn.bench.truth.Regions.Region;
import org.compnn.image.LabelMap;
import org.compnn.search.Distance;

/**
 * What all measures of one network and one seed share.
 *
 * @param kind which network
 * @param seed of pictures and training
 * @param street the pictures
 * @param trainer makes networks
 * @param subject the network that is explained, trained on all pictures
 * @param asked the pictures that it is asked about
 * @param questions their regions
 * @param rivals cheaper methods
 * @param own our method in its settings
 * @param tried what might make it better
 * @param known what methods gave to questions so far
 */
record Setup(
    Kind kind,
    long seed,
    Street street,
    Trainer trainer,
    Subject subject,
    List<Asked> asked,
    List<Question> questions,
    List<Attributor> rivals,
    List<Attributor> own,
    List<Attributor> tried,
    Map<String, double[]> known)
    implements AutoCloseable {
  private static final int REGIONS = 3;

  static Setup of(Kind kind, long seed, Street street, Trainer trainer, boolean all)
      throws IOException {
    String name = "%s-%d-all".formatted(kind.label(), seed);
    Path model = trainer.train(kind, name, street.training(), seed);
    Subject subject =
        Subject.of(kind, model, trainer.csv(kind, name, street.training()), street.training());
    List<Asked> asked = street.queries().stream().map(subject::ask).toList();
    List<Question> questions = new ArrayList<>();
    for (Example example : street.queries()) {
      for (Region region : Regions.asked(example.labels(), REGIONS)) {
        questions.add(new Question(example, region));
      }
    }
    return new Setup(
        kind,
        seed,
        street,
        trainer,
        subject,
        asked,
        questions,
        Rivals.of(subject),
        own(kind, all),
        all && kind.labels() ? attempts(kind) : List.of(),
        new HashMap<>());
  }

  /** Our method in its settings: all of them, or the default and its nearest neighbours. */
  static List<Attributor> own(Kind kind, boolean all) {
    List<Attributor> own = new ArrayList<>();
    for (String layer : List.of("penultimate", "bottleneck")) {
      for (int p : all ? List.of(1, 3) : List.of(1)) {
        for (Distance distance : all ? Distance.values() : new Distance[] {Distance.L2}) {
          Asked.Way way = new Asked.Way(layer, p, distance);
          for (int topK : all ? List.of(1, 5, Asked.MOST) : List.of(1, Asked.MOST)) {
            own.add(new Matches(way, topK, Matches.Weight.ALL));
          }
          if (kind.labels() && p == 1 && distance == Distance.L2) {
            own.add(new Matches(way, Asked.MOST, Matches.Weight.SAME_PREDICTION));
            own.add(new Matches(way, Asked.MOST, Matches.Weight.SAME_LABEL));
          }
        }
      }
    }
    own.add(new Joint("penultimate and bottleneck", List.of(at("penultimate"), at("bottleneck"))));
    if (all) {
      for (String layer : kind.layers().subList(2, kind.layers().size())) {
        own.add(at(layer));
      }
      own.add(new Joint("all layers", kind.layers().stream().map(Setup::at).toList()));
    }
    return own;
  }

  /**
   * The same network, asked about the regions that it gets wrong. The label that counts is the
   * wrong one, so the pictures that are asked about carry what the network gives.
   */
  Setup ofMistakes() {
    List<Asked> wrong = new ArrayList<>();
    List<Question> mistakes = new ArrayList<>();
    for (Asked each : asked) {
      LabelMap given = (LabelMap) each.run().output();
      Example example = each.example().withLabels(given);
      wrong.add(new Asked(subject, example, each.run()));
      for (Region region : Regions.mistakes(each.example().labels(), given, REGIONS)) {
        mistakes.add(new Question(example, region));
      }
    }
    Asked.Way last = new Asked.Way("penultimate", 1, Distance.L2);
    List<Attributor> ways = new ArrayList<>();
    for (int topK : List.of(5, Asked.MOST)) {
      ways.add(new Matches(last, topK, Matches.Weight.ALL));
      ways.add(new Matches(last, topK, Matches.Weight.SAME_LABEL));
      ways.add(new Charged(last, topK, false));
      ways.add(new Charged(last, topK, true));
    }
    List<Attributor> weighed = new ArrayList<>();
    for (Weighed.By by : Weighed.By.values()) {
      weighed.add(new Weighed(last, by));
    }
    return new Setup(
        kind,
        seed,
        street,
        trainer,
        subject,
        wrong,
        mistakes,
        rivals,
        ways,
        weighed,
        new HashMap<>());
  }

  static List<Attributor> attempts(Kind kind) {
    List<Attributor> tried = new ArrayList<>();
    for (Weighed.By by : Weighed.By.values()) {
      tried.add(new Weighed(new Asked.Way("penultimate", 1, Distance.L2), by));
    }
    tried.add(
        new Joint(
            "all layers, by what was little learned",
            kind.layers().stream()
                .map(
                    layer ->
                        (Attributor)
                            new Weighed(new Asked.Way(layer, 1, Distance.L2), Weighed.By.UNLEARNED))
                .toList()));
    for (Reweighted.By by : Reweighted.By.values()) {
      tried.add(new Reweighted(by));
    }
    return tried;
  }

  /** All that is compared. */
  List<Attributor> methods() {
    return Stream.of(rivals, own, tried).flatMap(List::stream).toList();
  }

  private static Attributor at(String layer) {
    return new Matches(new Asked.Way(layer, 1, Distance.L2), Asked.MOST, Matches.Weight.ALL);
  }

  /** The picture that a question is about, as it was asked. */
  Asked asked(Question question) {
    return asked.stream()
        .filter(a -> a.example().id().equals(question.example().id()))
        .findFirst()
        .orElseThrow();
  }

  /** What a method gives to each training picture for a question. */
  double[] attributed(Attributor method, Question question) {
    return known.computeIfAbsent(
        method.name() + "/" + questions.indexOf(question),
        _ -> method.of(asked(question), question.region().mask()));
  }

  Row row(String metric, String figure, Attributor method, List<Double> values) {
    return row(metric, figure, method.name(), values);
  }

  Row row(String metric, String figure, String method, List<Double> values) {
    return new Row(metric, figure, kind.label(), seed, method, Interval.of(values));
  }

  /** The folder of the network that is explained. */
  Path whole() throws IOException {
    return train("all", street.training());
  }

  /**
   * The folder of a network that learned from other examples, with the same seed.
   *
   * @param purpose unique for these examples
   */
  Path train(String purpose, List<Example> examples) throws IOException {
    return trainer.train(kind, name(purpose), examples, seed);
  }

  /** A network that learned from these examples, and the database of them. */
  Subject subject(String purpose, List<Example> examples) throws IOException {
    return Subject.of(
        kind, train(purpose, examples), trainer.csv(kind, name(purpose), examples), examples);
  }

  /** The name of a network trained for some purpose. */
  String name(String purpose) {
    return "%s-%d-%s".formatted(kind.label(), seed, purpose);
  }

  @Override
  public void close() {
    subject.close();
  }
}
