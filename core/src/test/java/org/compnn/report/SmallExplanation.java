package org.compnn.report;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.compnn.compose.Composition;
import org.compnn.compose.Labels;
import org.compnn.compose.Overlap;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.network.Geometry;
import org.compnn.network.Layer;
import org.compnn.search.Distance;
import org.compnn.search.Field;
import org.compnn.threads.Workers;

/** Explanations of 12 x 16 pixels by 3 x 4 cells of 4 exemplars, all random but seeded. */
final class SmallExplanation {
  static final int HEIGHT = 12;
  static final int WIDTH = 16;
  static final Palette PALETTE = Palette.of(List.of("sky", "</script><b>road", "tree"));

  private SmallExplanation() {}

  /** What the training set holds; ids are as given. */
  record Exemplars(List<String> ids, List<String> tags) implements Gallery {
    @Override
    public String id(int exemplar) {
      return ids.get(exemplar);
    }

    @Override
    public List<String> tags(int exemplar) {
      return tags;
    }

    @Override
    public Picture input(int exemplar) {
      return picture(100 + exemplar);
    }

    @Override
    public Raster target(int exemplar) {
      return labels(200 + exemplar);
    }

    @Override
    public Raster prediction(int exemplar) {
      return labels(300 + exemplar);
    }
  }

  static Exemplars exemplars(String... ids) {
    return new Exemplars(List.of(ids), List.of("style=plain"));
  }

  /** The first cell has no match; the second matches cell (2, 3) of exemplar 1. All are cited. */
  static Field field(int topK) {
    Random random = new Random(7);
    int count = 12 * topK;
    int[] exemplar = random.ints(count, 0, 4).toArray();
    int[] row = random.ints(count, 0, 3).toArray();
    int[] column = random.ints(count, 0, 4).toArray();
    float[] distance = new float[count];
    for (int i = 0; i < count; i++) {
      distance[i] = i * 0.5f;
    }
    for (int k = 0; k < topK; k++) {
      exemplar[k] = -1;
      row[k] = -1;
      column[k] = -1;
      distance[k] = Float.POSITIVE_INFINITY;
    }
    exemplar[topK] = 1;
    row[topK] = 2;
    column[topK] = 3;
    exemplar[2 * topK] = 3;
    return new Field(3, 4, topK, exemplar, row, column, distance);
  }

  static Explanation of(String name, Labels labels, int topK, Gallery gallery) {
    Field field = field(topK);
    Layer layer =
        new Layer(
            "/dec/Conv_output_0",
            "Conv",
            List.of("penultimate"),
            8,
            new Geometry(3, 4, 2, 5, 5),
            new Geometry(4, 4, 2, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY));
    ExplanationSettings settings =
        new ExplanationSettings(
            "net<i>",
            "data.db",
            layer,
            2,
            Distance.L2,
            topK,
            "exact",
            labels,
            Overlap.NONE,
            4,
            5,
            Map.of("without", "tag=\"night\""));
    boolean self = labels == Labels.SELF;
    return Explanation.builder(name, settings, PALETTE)
        .input(picture(1))
        .network(labels(2))
        .truth(labels(3))
        .composition(
            Composition.paste(
                field, self ? gallery::prediction : gallery::target, HEIGHT, WIDTH, Workers.of(1)))
        .other(
            Composition.paste(
                field, self ? gallery::target : gallery::prediction, HEIGHT, WIDTH, Workers.of(1)))
        .reconstruction(
            (Picture) Composition.paste(field, gallery::input, HEIGHT, WIDTH, Workers.of(1)))
        .field(field)
        .timing("network", 12.5)
        .timing("search", 1500)
        .build();
  }

  static Picture picture(long seed) {
    byte[] rgb = new byte[HEIGHT * WIDTH * 3];
    new Random(seed).nextBytes(rgb);
    return new Picture(HEIGHT, WIDTH, rgb);
  }

  static LabelMap labels(long seed) {
    Random random = new Random(seed);
    byte[] classes = new byte[HEIGHT * WIDTH];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = (byte) random.nextInt(3);
    }
    return new LabelMap(HEIGHT, WIDTH, classes);
  }
}
