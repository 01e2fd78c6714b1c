package org.compnn.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.compnn.compose.Contribution;
import org.compnn.compose.CorrespondenceMap;
import org.compnn.compose.Labels;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.measure.MetricsTable;
import org.compnn.measure.Synthesis;
import org.compnn.measure.Tally;
import org.compnn.search.Field;
import org.compnn.search.FieldCheck;
import org.jspecify.annotations.Nullable;

/** Gathers the parts of an {@link Explanation}. */
public final class ExplanationBuilder {
  private final String name;
  private final ExplanationSettings settings;
  private final Palette palette;
  private final Map<String, Double> timings = new LinkedHashMap<>();
  private @Nullable Picture input;
  private @Nullable Raster network;
  private @Nullable Raster truth;
  private @Nullable Raster composition;
  private @Nullable Raster other;
  private @Nullable Picture reconstruction;
  private @Nullable Field field;
  private @Nullable FieldCheck check;

  ExplanationBuilder(String name, ExplanationSettings settings, Palette palette) {
    this.name = name;
    this.settings = settings;
    this.palette = palette;
  }

  /** The picture as the network saw it. */
  public ExplanationBuilder input(Picture picture) {
    input = picture;
    return this;
  }

  /** The network's own output. */
  public ExplanationBuilder network(Raster output) {
    network = output;
    return this;
  }

  /** The right output, of the size of the network's; may be left out. */
  public ExplanationBuilder truth(Raster output) {
    truth = output;
    return this;
  }

  /** The output pasted from the labels that the settings name. */
  public ExplanationBuilder composition(Raster output) {
    composition = output;
    return this;
  }

  /** The output pasted from the labels that the settings do not name; may be left out. */
  public ExplanationBuilder other(Raster output) {
    other = output;
    return this;
  }

  /** The input pasted from training inputs. */
  public ExplanationBuilder reconstruction(Picture picture) {
    reconstruction = picture;
    return this;
  }

  /** Where every cell came from. */
  public ExplanationBuilder field(Field correspondences) {
    field = correspondences;
    return this;
  }

  /** How near the field comes to the exact one; may be left out. */
  public ExplanationBuilder check(FieldCheck found) {
    check = found;
    return this;
  }

  /** How long a stage took, in milliseconds; stages are kept in the order in which they come. */
  public ExplanationBuilder timing(String stage, double milliseconds) {
    timings.put(stage, milliseconds);
    return this;
  }

  /**
   * The explanation.
   *
   * @throws IllegalStateException if a part is missing that must not be
   * @throws IllegalArgumentException if parts differ in size or kind that must be alike
   */
  public Explanation build() {
    Field matches = required(field, "field");
    Picture seen = required(input, "input");
    Picture rebuilt = required(reconstruction, "reconstruction");
    List<Contribution> contributions = Contribution.rank(matches);
    return new Explanation(
        name,
        settings,
        palette,
        seen,
        required(network, "network"),
        Optional.ofNullable(truth),
        required(composition, "composition"),
        Optional.ofNullable(other),
        rebuilt,
        matches,
        Optional.ofNullable(check),
        contributions,
        CorrespondenceMap.of(contributions),
        agreement(),
        Synthesis.of(seen, rebuilt),
        timings,
        List.of());
  }

  private MetricsTable agreement() {
    Raster output = required(network, "network");
    Raster pasted = required(composition, "composition");
    String chosen = title(settings.labels());
    String unchosen = title(settings.labels() == Labels.SELF ? Labels.ORIGINAL : Labels.SELF);
    List<String> classes = classes();
    List<MetricsTable.Row> rows = new ArrayList<>();
    rows.add(row(chosen, "network", output, pasted, classes));
    if (other != null) {
      rows.add(row(unchosen, "network", output, other, classes));
    }
    if (truth != null) {
      rows.add(row("Network", "truth", truth, output, classes));
      rows.add(row(chosen, "truth", truth, pasted, classes));
      if (other != null) {
        rows.add(row(unchosen, "truth", truth, other, classes));
      }
    }
    return new MetricsTable(Tally.of(output, classes).columns(), rows);
  }

  /** The palette's names, and one for every class beyond that an output may hold. */
  private List<String> classes() {
    int classes = palette.size();
    for (Raster raster : new Raster[] {network, truth, composition, other}) {
      if (raster instanceof LabelMap labels) {
        for (byte label : labels.classes()) {
          int index = label & 0xff;
          classes = index == LabelMap.UNLABELLED ? classes : Math.max(classes, index + 1);
        }
      }
    }
    return IntStream.range(0, Math.max(1, classes)).mapToObj(palette::name).toList();
  }

  private MetricsTable.Row row(
      String answer, String against, Raster reference, Raster given, List<String> classes) {
    Tally tally = Tally.of(reference, classes);
    tally.add(name, reference, given);
    return MetricsTable.Row.of(answer, against, tally);
  }

  static String title(Labels labels) {
    return switch (labels) {
      case ORIGINAL -> "CompNN, original labels";
      case SELF -> "CompNN, self-supervised labels";
    };
  }

  private static <T> T required(@Nullable T part, String what) {
    if (part == null) {
      throw new IllegalStateException("an explanation needs its " + what);
    }
    return part;
  }
}
