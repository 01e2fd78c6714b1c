package org.compnn.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a training came to.
 *
 * @param model its folder
 * @param network the network's name
 * @param pairs how many it learned from
 * @param validation how many it was judged by
 * @param epochs how many it has gone through, those of earlier runs among them
 * @param weights how many numbers it learned
 * @param figures losses and validation figures of the last epoch, by name
 */
public record Trained(
    String model,
    String network,
    int pairs,
    int validation,
    int epochs,
    long weights,
    Map<String, Double> figures) {
  /** Figures are kept as they are now. */
  public Trained {
    figures = Map.copyOf(figures);
  }

  static Trained of(Path model, Course course, List<List<Sample>> samples, History history) {
    return new Trained(
        model.toString(),
        course.network().name(),
        samples.get(0).size(),
        samples.get(1).size(),
        history.epochs().size(),
        course.parameters().size(),
        history.epochs().isEmpty() ? Map.of() : history.epochs().getLast());
  }

  /** The lines for people. */
  List<String> lines() {
    return List.of(String.format(Locale.ROOT, "Trained %,d weights", weights), model);
  }
}
