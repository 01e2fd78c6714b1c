package org.compnn.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Losses and validation figures of every epoch so far.
 *
 * @param epochs one map of figures by name for each epoch, the first being epoch 1
 */
record History(List<Map<String, Double>> epochs) {
  private static final int WIDTH = 720;
  private static final int PANEL = 130;
  private static final int LEFT = 170;

  History {
    epochs = epochs.stream().<Map<String, Double>>map(LinkedHashMap::new).toList();
  }

  /** This history and one more epoch. */
  History plus(Map<String, Double> figures) {
    List<Map<String, Double>> more = new ArrayList<>(epochs);
    more.add(figures);
    return new History(more);
  }

  /** A table with a line for each epoch. */
  String csv() {
    if (epochs.isEmpty()) {
      return "epoch\n";
    }
    List<String> names = List.copyOf(epochs.getFirst().keySet());
    StringBuilder csv = new StringBuilder("epoch," + String.join(",", names) + "\n");
    for (int e = 0; e < epochs.size(); e++) {
      csv.append(e + 1);
      for (String name : names) {
        csv.append(
            String.format(Locale.ROOT, ",%.6f", epochs.get(e).getOrDefault(name, Double.NaN)));
      }
      csv.append('\n');
    }
    return csv.toString();
  }

  /** The curves as a picture in SVG, one panel a figure. */
  String svg() {
    List<String> names = epochs.isEmpty() ? List.of() : List.copyOf(epochs.getFirst().keySet());
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
            <rect width="100%%" height="100%%" fill="#ffffff"/>
            """,
            WIDTH,
            names.size() * PANEL + 30));
    for (int p = 0; p < names.size(); p++) {
      panel(svg, names.get(p), p * PANEL + 20);
    }
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"#555555\">epoch %d</text>%n",
            WIDTH - 20,
            names.size() * PANEL + 20,
            epochs.size()));
    return svg.append("</svg>\n").toString();
  }

  private void panel(StringBuilder svg, String name, int top) {
    double[] values = epochs.stream().mapToDouble(e -> e.getOrDefault(name, 0.0)).toArray();
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double v : values) {
      low = Math.min(low, v);
      high = Math.max(high, v);
    }
    double span = high > low ? high - low : 1;
    int height = PANEL - 40;
    int width = WIDTH - LEFT - 20;
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      double x = LEFT + (values.length > 1 ? (double) width * i / (values.length - 1) : 0);
      double y = top + height * (1 - (values[i] - low) / span);
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
    }
    svg.append(
        String.format(
            Locale.ROOT,
            """
            <text x="10" y="%d" font-weight="bold" fill="#222222">%s</text>
            <text x="10" y="%d" fill="#555555">last %.4g</text>
            <text x="%d" y="%d" text-anchor="end" fill="#777777">%.3g</text>
            <text x="%d" y="%d" text-anchor="end" fill="#777777">%.3g</text>
            <rect x="%d" y="%d" width="%d" height="%d" fill="#f4f6f8" stroke="#d4dae0"/>
            <polyline points="%s" fill="none" stroke="#1f6fb4" stroke-width="2"/>
            """,
            top + height / 2,
            name,
            top + height / 2 + 18,
            values[values.length - 1],
            LEFT - 6,
            top + 10,
            high,
            LEFT - 6,
            top + height,
            low,
            LEFT,
            top,
            width,
            height,
            points.toString().strip()));
  }
}
