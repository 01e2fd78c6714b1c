package org.compnn.bench.truth;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.compnn.bench.truth.Outcome.Question;
import org.compnn.bench.truth.Regions.Region;
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
 * @param methods what is compared
 */
record Setup(
    Kind kind,
    long seed,
    Street street,
    Trainer trainer,
    Subject subject,
    List<Asked> asked,
    List<Question> questions,
    List<Attributor> methods)
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
    List<Attributor> methods = new ArrayList<>(Rivals.of(subject));
    methods.addAll(own(kind, all));
    return new Setup(kind, seed, street, trainer, subject, asked, questions, methods);
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
          if (kind == Kind.SEGNET && p == 1 && distance == Distance.L2) {
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

  double[] attributed(Attributor method, Question question) {
    return method.of(asked(question), question.region().mask());
  }

  Row row(String metric, String figure, Attributor method, List<Double> values) {
    return row(metric, figure, method.name(), values);
  }

  Row row(String metric, String figure, String method, List<Double> values) {
    return new Row(metric, figure, kind.label(), seed, method, Interval.of(values));
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
