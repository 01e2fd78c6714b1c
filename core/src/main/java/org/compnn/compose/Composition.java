package org.compnn.compose;

import java.util.List;
import java.util.function.IntFunction;
import org.compnn.database.CellStore;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.image.ValueMap;
import org.compnn.network.FeatureMap;
import org.compnn.network.Layer;
import org.compnn.search.Field;
import org.compnn.threads.Workers;

/**
 * Pastes pieces of the training set together along a field of correspondences, as in "Compositional
 * Nearest Neighbors" (arXiv 1711.10683): every query cell gets the patch of its best match.
 *
 * <p>What the patches are cut from makes the composition: original labels y_n, self-supervised
 * labels f(x_n), or inputs x_n (a reconstruction). Cells without a match stay black in pictures and
 * {@link LabelMap#UNLABELLED} in label maps, NaN in maps of values. Labels are never blended.
 */
public final class Composition {
  private Composition() {}

  /**
   * Pastes each cell's own patch, for a query of the training set's size: the exemplars have as
   * many cells as the field.
   *
   * @param field the correspondences; the best match of a cell counts
   * @param exemplars the raster of an exemplar, by its index; asked once for every exemplar that
   *     the field names, from several threads at once
   * @param height rows of the composition
   * @param width columns of the composition
   * @param workers paste exemplars at the same time
   * @return a raster of that size, of the kind that the exemplars are
   * @throws IllegalArgumentException if no cell has a match or the exemplars differ in kind
   */
  public static Raster paste(
      Field field,
      IntFunction<? extends Raster> exemplars,
      int height,
      int width,
      Workers workers) {
    return new Pasting(field, field.rows(), field.columns(), exemplars, height, width, workers)
        .ownPatches();
  }

  /**
   * As {@link #paste(Field, IntFunction, int, int, Workers)}, for a query of any size and with a
   * choice of what happens to overlapping patches.
   *
   * @param layer the layer of the database, which has the rows and columns of cells of an exemplar
   * @param overlap {@link Overlap#NONE} is the paper's
   * @param hyperpatch size p of the hyperpatches that were matched, 1 or more; with p = 1 both
   *     choices of overlap are the same
   */
  public static Raster paste(
      Field field,
      Layer layer,
      Overlap overlap,
      int hyperpatch,
      IntFunction<? extends Raster> exemplars,
      int height,
      int width,
      Workers workers) {
    Pasting pasting =
        new Pasting(field, layer.rows(), layer.columns(), exemplars, height, width, workers);
    return switch (overlap) {
      case NONE -> pasting.ownPatches();
      case AVERAGE -> hyperpatch == 1 ? pasting.ownPatches() : pasting.hyperpatches(hyperpatch);
    };
  }

  /**
   * Pastes whole hyperpatches: colours are averaged where they overlap (rounded to the nearest), as
   * are values, labels voted on; among labels with as many votes the one of the cell's own patch
   * wins, else the lowest. Unlabelled pixels vote only where nothing else does.
   *
   * @param hyperpatch size p of the hyperpatches that were matched, 1 or more
   * @throws IllegalArgumentException if no cell has a match or the exemplars differ in kind
   */
  public static Raster pasteAveraged(
      Field field,
      int hyperpatch,
      IntFunction<? extends Raster> exemplars,
      int height,
      int width,
      Workers workers) {
    return new Pasting(field, field.rows(), field.columns(), exemplars, height, width, workers)
        .hyperpatches(hyperpatch);
  }

  /**
   * Pastes the layer's own activations: the non-parametric activations of the paper's figure 3.
   *
   * @param field the correspondences; the best match of a cell counts
   * @param cells the layer of the training set
   * @return rows and columns of the field, in the network's own terms (no longer standardised);
   *     cells without a match hold the mean of each channel
   */
  public static FeatureMap activations(Field field, CellStore cells, Workers workers) {
    int channels = cells.layer().channels();
    int columns = cells.layer().columns();
    float[] pasted = new float[field.rows() * field.columns() * channels];
    List<CellsByExemplar> groups = CellsByExemplar.of(field);
    workers.run(
        groups.size(),
        (number, thread) -> {
          CellsByExemplar group = groups.get(number);
          for (int cell : group.cells()) {
            int match = cell * field.topK();
            cells.read(
                group.exemplar(),
                field.row()[match] * columns + field.column()[match],
                1,
                pasted,
                cell * channels);
          }
        });
    cells.restore(pasted);
    return new FeatureMap(field.rows(), field.columns(), channels, pasted);
  }

  /** The bytes of a raster: one a pixel for label maps, three for pictures, four a value. */
  static byte[] bytes(Raster raster) {
    return switch (raster) {
      case Picture picture -> picture.rgb();
      case LabelMap labels -> labels.classes();
      case ValueMap map -> map.littleEndian();
    };
  }

  /** Bytes a pixel. */
  static int depth(Raster raster) {
    return switch (raster) {
      case Picture _ -> 3;
      case LabelMap _ -> 1;
      case ValueMap map -> map.channels() * Float.BYTES;
    };
  }
}
