package org.compnn.bench.truth;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.compnn.bench.truth.Outcome.Question;
import org.compnn.search.Distance;

/**
 * The pictures that a method gives most to are taken out of the training, a network is trained
 * anew, and the region is looked at again.
 */
final class Removal implements Measure {
  private final int questions;
  private final List<Integer> percents;

  /**
   * @param questions so many regions, each of another picture
   * @param percents shares of the training pictures to take out
   */
  Removal(int questions, List<Integer> percents) {
    this.questions = questions;
    this.percents = List.copyOf(percents);
  }

  @Override
  public String name() {
    return "removal";
  }

  @Override
  public boolean suits(Kind kind) {
    return true;
  }

  @Override
  public List<Row> of(Setup setup) throws IOException {
    List<Question> chosen = onePerPicture(setup.questions(), questions);
    Path whole =
        setup
            .trainer()
            .train(setup.kind(), setup.name("all"), setup.street().training(), setup.seed());
    List<Outcome> before = Outcome.of(setup.kind(), whole, chosen);
    List<Row> rows = new ArrayList<>();
    for (Attributor method : methods(setup)) {
      Map<Integer, List<Double>> losses = new TreeMap<>();
      Map<Integer, List<Double>> flips = new TreeMap<>();
      for (int q = 0; q < chosen.size(); q++) {
        double[] attributed = setup.attributed(method, chosen.get(q));
        for (int percent : percents) {
          int count = Math.max(1, Math.round(attributed.length * percent / 100f));
          Outcome after =
              Outcome.of(
                      setup.kind(),
                      without(setup, Ranks.first(attributed, count)),
                      List.of(chosen.get(q)))
                  .getFirst();
          int pixels = chosen.get(q).region().mask().count();
          losses
              .computeIfAbsent(percent, _ -> new ArrayList<>())
              .add((before.get(q).score() - after.score()) / pixels);
          flips
              .computeIfAbsent(percent, _ -> new ArrayList<>())
              .add(after.wrong() - before.get(q).wrong());
        }
      }
      losses.forEach(
          (percent, values) ->
              rows.add(setup.row(name(), "loss per pixel, " + percent + " %", method, values)));
      if (setup.kind() == Kind.SEGNET) {
        flips.forEach(
            (percent, values) ->
                rows.add(setup.row(name(), "wrong pixels, " + percent + " %", method, values)));
      }
    }
    return rows;
  }

  /** The rivals, and our method by default and at the bottleneck. */
  private static List<Attributor> methods(Setup setup) {
    Map<String, Attributor> chosen = new LinkedHashMap<>();
    for (Attributor method : setup.methods()) {
      if (!(method instanceof Matches matches)) {
        chosen.putIfAbsent(method.name(), method);
      } else if (matches.equals(Matches.DEFAULT) || isBottleneck(matches)) {
        chosen.putIfAbsent(matches.way().layer(), method);
      }
    }
    return List.copyOf(chosen.values());
  }

  private static boolean isBottleneck(Matches matches) {
    return matches.topK() == Asked.MOST
        && matches.way().equals(new Asked.Way("bottleneck", 1, Distance.L2))
        && matches.weight() == Matches.Weight.ALL;
  }

  private static Path without(Setup setup, int[] removed) throws IOException {
    boolean[] out = new boolean[setup.street().training().size()];
    Arrays.stream(removed).forEach(i -> out[i] = true);
    List<Example> left = new ArrayList<>();
    for (int i = 0; i < out.length; i++) {
      if (!out[i]) {
        left.add(setup.street().training().get(i));
      }
    }
    String name = "without-%d-%08x".formatted(removed.length, Arrays.hashCode(out));
    return setup.trainer().train(setup.kind(), setup.name(name), left, setup.seed());
  }

  /** The last region of each picture: the smallest of those that are asked about. */
  static List<Question> onePerPicture(List<Question> questions, int most) {
    Map<String, Question> last = new LinkedHashMap<>();
    questions.forEach(question -> last.put(question.example().id(), question));
    return last.values().stream().limit(most).toList();
  }
}
