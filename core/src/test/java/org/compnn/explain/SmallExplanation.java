package org.compnn.explain;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.compnn.compose.Composition;
import org.compnn.compose.Labels;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.PictureSize;
import org.compnn.image.Raster;
import org.compnn.network.Frame;
import org.compnn.network.Layer;
import org.compnn.network.geometry.Geometry;
import org.compnn.search.Field;
import org.compnn.search.Found;
import org.compnn.search.How;
import org.compnn.threads.Workers;

/** Explanations of 12 x 16 pixels by 3 x 4 cells of 4 exemplars, all random but seeded. */
public final class SmallExplanation {
  public static final int HEIGHT = 12;
  public static final int WIDTH = 16;
  public static final Palette PALETTE = Palette.of(List.of("sky", "</script><b>road", "tree"));

  private static final Workers WORKERS = Workers.of(1);

  private SmallExplanation() {}

  /** What the training set holds; ids are as given. */
  public record Exemplars(List<String> ids, List<String> tags) implements Gallery {
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

  public static Exemplars exemplars(String... ids) {
    return new Exemplars(List.of(ids), List.of("style=plain"));
  }

  /** The first cell has no match; the second matches cell (2, 3) of exemplar 1. All are cited. */
  public static Field field(int topK) {
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

  public static Explanation of(String name, Labels labels, int topK, Gallery gallery) {
    Field field = field(topK);
    Layer layer =
        new Layer(
            "/dec/Conv_output_0",
            "Conv",
            List.of("penultimate"),
            8,
            new Geometry(3, 4, 2, 5, 5),
            new Geometry(4, 4, 2, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY));
    Settings settings =
        new Settings(
            "net<i>",
            "data.db",
            layer,
            Options.defaults()
                .hyperpatch(2)
                .topK(topK)
                .labels(labels)
                .exact()
                .without("tag=\"night\""),
            4,
            5);
    boolean self = labels == Labels.SELF;
    return Explanation.of(
        name,
        settings,
        PALETTE,
        picture(1),
        labels(2),
        Optional.of(labels(3)),
        Composition.paste(
            field, self ? gallery::prediction : gallery::target, HEIGHT, WIDTH, WORKERS),
        Optional.of(
            Composition.paste(
                field, self ? gallery::target : gallery::prediction, HEIGHT, WIDTH, WORKERS)),
        (Picture) Composition.paste(field, gallery::input, HEIGHT, WIDTH, WORKERS),
        new Found(field, new How.Exact(1.5)),
        Optional.empty(),
        new Timings(12.5, 1500, 3),
        gallery,
        Frame.whole(new PictureSize(HEIGHT, WIDTH), new PictureSize(HEIGHT, WIDTH)));
  }

  public static Picture picture(long seed) {
    byte[] rgb = new byte[HEIGHT * WIDTH * 3];
    new Random(seed).nextBytes(rgb);
    return new Picture(HEIGHT, WIDTH, rgb);
  }

  public static LabelMap labels(long seed) {
    Random random = new Random(seed);
    byte[] classes = new byte[HEIGHT * WIDTH];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = (byte) random.nextInt(3);
    }
    return new LabelMap(HEIGHT, WIDTH, classes);
  }
}
