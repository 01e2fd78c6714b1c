package org.compnn.bench.truth;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.compnn.bench.truth.Outcome.Question;
import org.compnn.bench.truth.Parts.Part;
import org.compnn.search.Distance;

/**
 * What a method gives most to is taken out of the training, a network is trained anew, and the
 * region is looked at again. All take out as many training pixels, a share of them: whole pictures,
 * or regions whose pixels are given no label.
 *
 * <p>Beside it stands chance: parts drawn at random, and regions of the same label drawn at random.
 * Their networks are the same for all questions, several of them, so that they tell how much a
 * region changes by being trained anew: the noise, which every change is also measured in.
 */
final class Removal implements Measure {
  /** What is taken out. */
  enum Unit {
    REGIONS,
    PICTURES;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final double FLIPPED = 0.5;

  private final Unit unit;
  private final int percent;
  private final int questions;
  private final int draws;

  /**
   * @param unit what is taken out
   * @param percent share of the training pixels to take out
   * @param questions so many regions, each of another picture
   * @param draws how many networks say what chance does, 2 or more
   */
  Removal(Unit unit, int percent, int questions, int draws) {
    this.unit = unit;
    this.percent = percent;
    this.questions = questions;
    this.draws = draws;
  }

  @Override
  public String name() {
    return "removal, %d %% of %s".formatted(percent, unit.label());
  }

  @Override
  public boolean suits(Kind kind) {
    return kind.labels() || unit == Unit.PICTURES;
  }

  /**
   * What became of the questions.
   *
   * @param lost for each question what each of some networks loses, in log probability per pixel
   * @param flipped for each question the share of its pixels that became wrong
   */
  private record Change(List<List<Double>> lost, List<List<Double>> flipped) {
    static Change none(int questions) {
      return new Change(lists(questions), lists(questions));
    }

    private static List<List<Double>> lists(int count) {
      return IntStream.range(0, count).<List<Double>>mapToObj(_ -> new ArrayList<>()).toList();
    }

    void add(int question, Question asked, Outcome before, Outcome after) {
      int pixels = asked.region().mask().count();
      lost.get(question).add((before.score() - after.score()) / pixels);
      flipped.get(question).add(after.wrong() - before.wrong());
    }
  }

  @Override
  public List<Row> of(Setup setup) throws IOException {
    List<Question> chosen = onePerPicture(setup.questions(), questions);
    Parts parts = unit == Unit.REGIONS ? setup.subject().regions() : setup.subject().pictures();
    List<Outcome> before = Outcome.of(setup.kind(), setup.whole(), chosen);
    List<Row> rows = new ArrayList<>();
    double pixels = parts.pixels() * percent / 100.0;
    Change chance = Change.none(chosen.size());
    for (int draw = 0; draw < draws; draw++) {
      int[] order = Shuffled.of(parts.size(), new Random(setup.seed() * 101 + draw));
      retrain(setup, parts, parts.first(order, pixels), chosen, before, chance);
    }
    rows.addAll(rows(setup, "random", chance, chance));
    if (unit == Unit.REGIONS) {
      Change same = sameLabel(setup, parts, pixels, chosen, before);
      rows.addAll(rows(setup, "random of the same label", same, chance));
    }
    for (Attributor method : methods(setup)) {
      Change change = Change.none(chosen.size());
      for (int q = 0; q < chosen.size(); q++) {
        Question question = chosen.get(q);
        double[] given = method.of(setup.asked(question), question.region().mask(), parts);
        List<Part> cited = parts.first(order(given, setup.seed()), pixels);
        Outcome after = retrained(setup, parts, cited, List.of(question)).getFirst();
        change.add(q, question, before.get(q), after);
      }
      rows.addAll(rows(setup, method.name(), change, chance));
    }
    return rows;
  }

  /** Half as many draws for each label that is asked about. */
  private Change sameLabel(
      Setup setup, Parts parts, double pixels, List<Question> chosen, List<Outcome> before)
      throws IOException {
    Change change = Change.none(chosen.size());
    for (int label : chosen.stream().map(q -> q.region().label()).distinct().sorted().toList()) {
      for (int draw = 0; draw < Math.max(1, draws / 2); draw++) {
        int[] order =
            Arrays.stream(Shuffled.of(parts.size(), new Random(setup.seed() * 103 + draw)))
                .filter(part -> parts.get(part).label() == label)
                .toArray();
        List<Outcome> after = retrained(setup, parts, parts.first(order, pixels), chosen);
        for (int q = 0; q < chosen.size(); q++) {
          if (chosen.get(q).region().label() == label) {
            change.add(q, chosen.get(q), before.get(q), after.get(q));
          }
        }
      }
    }
    return change;
  }

  private static void retrain(
      Setup setup,
      Parts parts,
      List<Part> removed,
      List<Question> chosen,
      List<Outcome> before,
      Change change)
      throws IOException {
    List<Outcome> after = retrained(setup, parts, removed, chosen);
    for (int q = 0; q < chosen.size(); q++) {
      change.add(q, chosen.get(q), before.get(q), after.get(q));
    }
  }

  private static List<Outcome> retrained(
      Setup setup, Parts parts, List<Part> removed, List<Question> asked) throws IOException {
    String name =
        String.format(
            Locale.ROOT,
            "without-%s-%d-%08x",
            parts.whole() ? "pictures" : "regions",
            removed.size(),
            removed.stream()
                .mapToInt(p -> Arrays.hashCode(key(p)))
                .sorted()
                .boxed()
                .toList()
                .hashCode());
    List<Example> left = parts.without(setup.street().training(), removed);
    return Outcome.of(setup.kind(), setup.train(name, left), asked);
  }

  private static int[] key(Part part) {
    return new int[] {part.picture(), part.label(), part.mask().pixels().nextSetBit(0)};
  }

  private List<Row> rows(Setup setup, String method, Change change, Change chance) {
    List<Double> lost = each(change.lost());
    List<Double> byChance = each(chance.lost());
    List<Double> inNoise = new ArrayList<>();
    List<Double> halves = new ArrayList<>();
    for (int q = 0; q < lost.size(); q++) {
      double noise = deviation(chance.lost().get(q));
      inNoise.add((lost.get(q) - byChance.get(q)) / noise);
      halves.add(
          change.flipped().get(q).stream()
              .mapToDouble(f -> f >= FLIPPED ? 1 : 0)
              .average()
              .orElse(Double.NaN));
    }
    List<Row> rows = new ArrayList<>();
    rows.add(setup.row(name(), "loss per pixel", method, lost));
    rows.add(
        new Row(
            name(),
            "times random",
            setup.kind().label(),
            setup.seed(),
            method,
            Interval.ratio(lost, byChance)));
    rows.add(setup.row(name(), "beyond random, in units of noise", method, inNoise));
    if (setup.kind().labels()) {
      rows.add(setup.row(name(), "wrong pixels", method, each(change.flipped())));
      rows.add(setup.row(name(), "half of the region flipped", method, halves));
    }
    return rows;
  }

  private static List<Double> each(List<List<Double>> values) {
    return values.stream()
        .map(v -> v.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN))
        .toList();
  }

  /** The deviation of a sample. */
  static double deviation(List<Double> values) {
    double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.size() - 1));
  }

  /** The greatest first; equals, as those that nothing is given to, in an order of chance. */
  static int[] order(double[] given, long seed) {
    return Arrays.stream(Shuffled.of(given.length, new Random(seed)))
        .boxed()
        .sorted((a, b) -> Double.compare(given[b], given[a]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** The rivals but chance, and our method at two layers and with two weights. */
  private static List<Attributor> methods(Setup setup) {
    Asked.Way last = new Asked.Way("penultimate", 1, Distance.L2);
    List<Attributor> ours = new ArrayList<>();
    ours.add(new Matches(last, Asked.MOST, Matches.Weight.ALL));
    ours.add(
        new Matches(new Asked.Way("bottleneck", 1, Distance.L2), Asked.MOST, Matches.Weight.ALL));
    if (setup.kind().labels()) {
      ours.add(new Matches(last, Asked.MOST, Matches.Weight.SAME_LABEL));
      ours.add(new Weighed(last, Weighed.By.UNLEARNED));
    }
    Stream<Attributor> theirs =
        setup.rivals().stream().filter(rival -> !rival.name().equals("random"));
    return Stream.concat(ours.stream(), theirs).toList();
  }

  /** The last region of each picture: the smallest of those that are asked about. */
  static List<Question> onePerPicture(List<Question> questions, int most) {
    Map<String, Question> last = new LinkedHashMap<>();
    questions.forEach(question -> last.put(question.example().id(), question));
    return last.values().stream().limit(most).toList();
  }
}
