package org.compnn.viewer;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.compnn.explain.Explanation;
import org.compnn.explain.Options;
import org.compnn.explain.Settings;
import org.compnn.network.Layer;
import org.compnn.network.geometry.Geometry;

/** How an explanation was made, as JSON says it. */
public record SettingsView(
    String network,
    String database,
    LayerView layer,
    int hyperpatch,
    String distance,
    int topK,
    String search,
    String labels,
    String overlap,
    int selected,
    int exemplars,
    Map<String, String> further) {
  /** A layer of the database. */
  public record LayerView(
      String name,
      List<String> aliases,
      String operator,
      int channels,
      AxisView vertical,
      AxisView horizontal) {
    /** A layer of a network. */
    public static LayerView of(Layer layer) {
      return new LayerView(
          layer.name(),
          layer.aliases(),
          layer.operator(),
          layer.channels(),
          AxisView.of(layer.vertical()),
          AxisView.of(layer.horizontal()));
    }
  }

  /** A layer's cells along one axis, in pixels of the input. */
  public record AxisView(int cells, double stride, double origin, double before, double after) {
    static AxisView of(Geometry geometry) {
      return new AxisView(
          geometry.cells(),
          geometry.stride(),
          geometry.origin(),
          geometry.before(),
          geometry.after());
    }
  }

  static SettingsView of(Explanation explanation) {
    Settings settings = explanation.settings();
    Options options = settings.options();
    return new SettingsView(
        settings.network(),
        settings.database(),
        LayerView.of(settings.layer()),
        options.hyperpatch(),
        word(options.distance()),
        options.topK(),
        Words.search(explanation),
        word(options.labels()),
        word(options.overlap()),
        settings.selected(),
        settings.exemplars(),
        Words.further(explanation));
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
