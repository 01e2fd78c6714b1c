package org.compnn.database.build;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.compnn.database.Answered;
import org.compnn.dataset.Pair;
import org.compnn.measure.EvenSample;
import org.compnn.network.Activations;
import org.compnn.network.Network;
import org.compnn.problem.UserError;
import org.compnn.threads.Workers;

/**
 * Someone who wants to see, before a long build has come far, what the network makes of a sample of
 * its pictures. They are embedded first, and once.
 *
 * @param pictures at most so many, spread evenly over those that are not embedded yet; 0 for nobody
 * @param heard is told on the thread that builds, while others go on; what it throws ends the build
 */
public record Sampling(int pictures, Consumer<List<Answered>> heard) {
  /** Nobody. */
  public static final Sampling NONE = new Sampling(0, _ -> {});

  /**
   * Runs the network on a sample of what several builds will embed, and tells what came of it.
   *
   * @param pairs of all builds; one that cannot be read is left out, and said when it is its turn
   * @param threads pictures worked on at once
   */
  void before(Network network, List<Pair> pairs, int threads) {
    List<Pair> sample = EvenSample.of(pairs, pictures);
    if (sample.isEmpty()) {
      return;
    }
    Answered[] answers = new Answered[sample.size()];
    try (Workers workers = Workers.of(threads)) {
      workers.run(
          sample.size(),
          (number, _) -> answer(network, sample.get(number)).ifPresent(a -> answers[number] = a));
    }
    heard.accept(Arrays.stream(answers).filter(Objects::nonNull).toList());
  }

  private static Optional<Answered> answer(Network network, Pair pair) {
    try {
      Pair.Content content = pair.read();
      Activations run = network.run(content.sample(), List.of());
      return Optional.of(
          new Answered(content.input(), content.target(), run.frame(), run.prediction()));
    } catch (UserError e) {
      return Optional.empty();
    }
  }

  /** The same, with no more pictures than that. */
  Sampling atMost(int most) {
    return new Sampling(Math.min(pictures, most), heard);
  }
}
