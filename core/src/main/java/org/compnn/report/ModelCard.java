package org.compnn.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.compnn.explain.Explanation;
import org.compnn.explain.Options;
import org.compnn.explain.Settings;
import org.compnn.image.LabelMap;
import org.compnn.network.Layer;
import org.compnn.search.Distance;
import org.compnn.search.FieldCheck;
import org.compnn.search.How;
import org.compnn.viewer.AgreementTable;
import org.compnn.viewer.Words;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a report says of how far to trust it: the method, how well it agrees with the network, how
 * near its search is, and what the benchmark by retraining found for these settings, from {@code
 * benchmark.json}; the command that measured it stands there.
 */
final class ModelCard {
  private static final Benchmark BENCHMARK = read();

  private ModelCard() {}

  /**
   * What was measured.
   *
   * @param command measures it again
   * @param network what it was measured of
   * @param figures one for each setting
   */
  record Benchmark(String command, String network, List<Figure> figures) {
    Benchmark {
      figures = List.copyOf(figures);
    }
  }

  /**
   * What was found for a setting.
   *
   * @param layer short name of a layer
   * @param says a sentence
   */
  record Figure(String layer, int hyperpatch, Distance distance, String says) {}

  private static Benchmark read() {
    try (InputStream in = ModelCard.class.getResourceAsStream("benchmark.json")) {
      if (in == null) {
        throw new IllegalStateException("benchmark.json is missing");
      }
      return JsonMapper.builder().build().readValue(in.readAllBytes(), Benchmark.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of explanations with the same settings, one or more. */
  static String of(List<Explanation> all) {
    Explanation first = all.getFirst();
    Settings settings = first.settings();
    Options options = settings.options();
    double agreement = all.stream().mapToDouble(AgreementTable::main).average().orElse(Double.NaN);
    List<FieldCheck> checks =
        all.stream().map(Explanation::check).flatMap(Optional::stream).toList();
    return String.format(
        Locale.ROOT,
        "How far to trust it: %s, matched with %d training pictures, search %s; %s %.3f%s; %s %s",
        method(settings.layer(), options),
        settings.selected(),
        Words.search(first),
        AgreementTable.mainTitle(first),
        agreement,
        all.size() == 1 ? "" : " on average",
        recall(first, checks),
        benchmark(settings.layer().shortName(), options, first.network() instanceof LabelMap));
  }

  /**
   * Of a study, which says by itself how far it agrees.
   *
   * @param labels whether the network labels
   */
  static String of(Layer layer, Options options, boolean labels) {
    return method(layer, options) + ". " + benchmark(layer.shortName(), options, labels);
  }

  private static String method(Layer layer, Options options) {
    return String.format(
        Locale.ROOT,
        "%s of layer %s, %s",
        options.hyperpatch() == 1
            ? "single cells"
            : "hyperpatches of %1$d x %1$d cells".formatted(options.hyperpatch()),
        layer.shortName(),
        options.distance() == Distance.L2 ? "L2" : "cosine");
  }

  private static String recall(Explanation first, List<FieldCheck> checks) {
    if (first.how() instanceof How.Exact) {
      return "recall 1.";
    }
    if (checks.isEmpty()) {
      return "recall not sampled.";
    }
    FieldCheck check = FieldCheck.together(checks);
    return String.format(
        Locale.ROOT, "recall %.2f of %d sampled cells.", check.recall(), check.cells());
  }

  static String benchmark(String layer, Options options, boolean labels) {
    String found =
        BENCHMARK.figures().stream()
            .filter(
                figure ->
                    labels
                        && figure.layer().equals(layer)
                        && figure.hyperpatch() == options.hyperpatch()
                        && figure.distance() == options.distance())
            .map(Figure::says)
            .collect(Collectors.joining(" "));
    return found.isEmpty()
        ? "By retraining these settings have not been judged."
        : "By retraining (%s; %s): %s".formatted(BENCHMARK.command(), BENCHMARK.network(), found);
  }
}
