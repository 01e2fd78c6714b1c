package org.compnn.bench.field;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.compnn.compose.Composition;
import org.compnn.compose.Overlap;
import org.compnn.database.Database;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.image.ValueMap;
import org.compnn.network.Layer;
import org.compnn.search.Field;
import org.compnn.threads.Workers;

/**
 * How near matches come to the exact ones on the sampled cells.
 *
 * @param ratio mean distance over the exact matches' mean distance, 1 or more
 * @param recall share of the cells whose match is as near as the nearest there is
 * @param same share of the sampled cells' pixels, in the composition of self-supervised labels,
 *     that are as in the exact composition
 */
record Score(double ratio, double recall, double same) {
  /** Distances that differ by no more than rounding are the same. */
  private static final double ROUNDING = 1e-5;

  static Score of(Prepared prepared, List<List<Long>> found) {
    double mine = 0;
    double least = 0;
    int hits = 0;
    int cells = 0;
    long pixels = 0;
    long same = 0;
    for (int i = 0; i < found.size(); i++) {
      Truth truth = prepared.truths().get(i);
      for (int c = 0; c < truth.cells().size(); c++) {
        long match = found.get(i).get(c);
        double exact = truth.distances().get(c);
        double distance =
            match < 0
                ? Double.POSITIVE_INFINITY
                : Truth.distance(
                    prepared.store(),
                    prepared.queries().get(i),
                    prepared.one().hyperpatch(),
                    truth.cells().get(c),
                    match);
        mine += distance;
        least += exact;
        hits += distance <= exact * (1 + ROUNDING) ? 1 : 0;
        cells++;
      }
      int[] right = pasted(prepared, truth, truth.found());
      int[] own = pasted(prepared, truth, found.get(i));
      boolean[] counts = counts(prepared, truth);
      for (int at = 0; at < right.length; at++) {
        if (counts[at]) {
          pixels++;
          same += right[at] == own[at] ? 1 : 0;
        }
      }
    }
    return new Score(
        least > 0 ? Math.max(1, mine / least) : mine > 0 ? Double.POSITIVE_INFINITY : 1,
        (double) hits / cells,
        (double) same / pixels);
  }

  /** A pixel's class or colour. */
  private static int[] pasted(Prepared prepared, Truth truth, List<Long> found) {
    Database database = prepared.database();
    Raster pasted =
        paste(prepared.store().layer(), truth, found, database::prediction, database.prediction(0));
    int[] pixels = new int[pasted.height() * pasted.width()];
    for (int at = 0; at < pixels.length; at++) {
      int row = at / pasted.width();
      int column = at % pasted.width();
      pixels[at] =
          switch (pasted) {
            case LabelMap labels -> labels.label(row, column);
            case Picture picture -> picture.pixel(row, column);
            case ValueMap map -> Float.floatToIntBits(map.value(row, column, 0));
          };
    }
    return pixels;
  }

  /** Which pixels lie under the sampled cells. */
  private static boolean[] counts(Prepared prepared, Truth truth) {
    Raster like = prepared.database().prediction(0);
    LabelMap zeros =
        new LabelMap(like.height(), like.width(), new byte[like.height() * like.width()]);
    LabelMap marked =
        (LabelMap) paste(prepared.store().layer(), truth, truth.found(), _ -> zeros, like);
    boolean[] counts = new boolean[like.height() * like.width()];
    for (int at = 0; at < counts.length; at++) {
      counts[at] = marked.classes()[at] == 0;
    }
    return counts;
  }

  private static Raster paste(
      Layer layer,
      Truth truth,
      List<Long> found,
      IntFunction<? extends Raster> exemplars,
      Raster like) {
    int cells = layer.cells();
    int[] exemplar = new int[cells];
    int[] row = new int[cells];
    int[] column = new int[cells];
    float[] distance = new float[cells];
    Arrays.fill(exemplar, -1);
    Arrays.fill(distance, Float.POSITIVE_INFINITY);
    for (int c = 0; c < found.size(); c++) {
      long match = found.get(c);
      if (match >= 0) {
        int at = truth.cells().get(c);
        exemplar[at] = (int) (match / cells);
        row[at] = (int) (match % cells) / layer.columns();
        column[at] = (int) (match % cells) % layer.columns();
        distance[at] = 0;
      }
    }
    Field field = new Field(layer.rows(), layer.columns(), 1, exemplar, row, column, distance);
    return Composition.paste(
        field, layer, Overlap.NONE, 1, exemplars, like.height(), like.width(), Workers.of(1));
  }
}
