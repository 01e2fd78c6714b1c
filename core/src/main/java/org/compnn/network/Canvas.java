package org.compnn.network;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.compnn.network.geometry.Geometry;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import tools.jackson.databind.node.ObjectNode;

/**
 * A picture of one size put to a network of another: cut into windows that are padded beyond the
 * picture, and what comes out of them joined, padding cut off, as if the network took the whole.
 * Where windows overlap, the middle of the overlap divides them, for scores and layers alike, so
 * that a cell and the output under it come from one window. Immutable.
 */
final class Canvas {
  private final Tiling tiling;
  private final Size window;
  private final Padding padding;
  private final Windows down;
  private final Windows across;

  private Canvas(Tiling tiling, Padding padding, Windows down, Windows across) {
    this.tiling = tiling;
    this.window = tiling.window();
    this.padding = padding;
    this.down = down;
    this.across = across;
  }

  /**
   * A canvas for a network.
   *
   * @param picture rows and columns of the picture
   * @param tiling the windows
   * @param padding what lies beyond the picture
   * @param output what the network gives for one window
   * @param layers its layers for one window; one whose cells do not lie on one grid over all
   *     windows is not shown
   * @throws UserError where the output does not lie on one grid
   */
  static Canvas of(
      Path file,
      Size picture,
      Tiling tiling,
      Padding padding,
      SpatialOutput output,
      List<Layer> layers) {
    Size window = tiling.window();
    Canvas canvas =
        new Canvas(
            tiling,
            padding,
            windows(
                picture.height(),
                window.height(),
                tiling.overlap(),
                output.rows(),
                layers.stream().map(Layer::vertical).toList()),
            windows(
                picture.width(),
                window.width(),
                tiling.overlap(),
                output.columns(),
                layers.stream().map(Layer::horizontal).toList()));
    if (!fits(canvas.down, output.rows()) || !fits(canvas.across, output.columns())) {
      throw UserError.about(
          Knob.TILE,
          "%s: cannot be run in tiles of %s, since its output of %dx%d does not lie on a grid of whole pixels over them; choose other tiles or a smaller overlap"
              .formatted(file, window, output.rows(), output.columns()));
    }
    return canvas;
  }

  private static Windows windows(
      int pixels, int window, int overlap, int output, List<Geometry> layers) {
    if (window >= pixels) {
      return Windows.of(pixels, window, 0, window);
    }
    TreeSet<Integer> units = new TreeSet<>();
    units.add(window / Windows.gcd(window, output));
    for (Geometry layer : layers) {
      if (evenly(layer, window)) {
        units.add(window / Windows.gcd(window, layer.cells()));
      }
    }
    int unit = 1;
    for (int next : units) {
      long common = (long) unit / Windows.gcd(unit, next) * next;
      unit = common <= window - overlap ? (int) common : unit;
    }
    return Windows.of(pixels, window, overlap, unit);
  }

  /** Whether cells divide a window, which those of unpadded convolutions do not. */
  private static boolean evenly(Geometry layer, int window) {
    return Math.abs(layer.stride() * layer.cells() - window) < 1e-6 * window;
  }

  private static boolean fits(Windows windows, int cells) {
    return !windows.several() || windows.joins(cells);
  }

  /** Writes down what the network is run at, where it is not the size of the picture. */
  void note(ObjectNode preprocessor) {
    preprocessor.remove(Configuration.WINDOW);
    if (!whole()) {
      preprocessor
          .putObject(Configuration.WINDOW)
          .put("height", window.height())
          .put("width", window.width())
          .put("overlap", tiling.overlap())
          .put("padding", padding.toString());
    }
  }

  /** Rows and columns that the network is run at. */
  Size window() {
    return window;
  }

  /** What lies beyond the picture. */
  Padding padding() {
    return padding;
  }

  /** Whether the network takes the picture as it is. */
  boolean whole() {
    return down.whole() && across.whole();
  }

  /** Whether there are several windows. */
  boolean tiled() {
    return down.several() || across.several();
  }

  int windows() {
    return down.starts().size() * across.starts().size();
  }

  int rows(int inWindow) {
    return down.cells(inWindow);
  }

  int columns(int inWindow) {
    return across.cells(inWindow);
  }

  /** A layer of one window as one of the whole picture, if its cells lie on one grid. */
  Optional<Layer> shown(Layer layer) {
    if (whole()) {
      return Optional.of(layer);
    }
    return shown(down, layer.vertical()) && shown(across, layer.horizontal())
        ? Optional.of(
            layer.over(
                spread(layer.vertical(), rows(layer.rows())),
                spread(layer.horizontal(), columns(layer.columns()))))
        : Optional.empty();
  }

  private static boolean shown(Windows windows, Geometry layer) {
    return !windows.several() || (evenly(layer, windows.window()) && windows.joins(layer.cells()));
  }

  private static Geometry spread(Geometry of, int cells) {
    return new Geometry(cells, of.stride(), of.origin(), of.before(), of.after());
  }

  /** The part of a sample that a window shows, with its padding. */
  Sample cut(Sample sample, int number) {
    return whole()
        ? sample
        : new Cut(
                down.starts().get(number / across.starts().size()),
                across.starts().get(number % across.starts().size()),
                window,
                padding)
            .of(sample);
  }

  /** Room for what all windows give together of something that one gives. */
  FeatureMap room(FeatureMap ofWindow) {
    int rows = rows(ofWindow.rows());
    int columns = columns(ofWindow.columns());
    int channels = ofWindow.channels();
    return new FeatureMap(
        rows, columns, channels, new float[Math.multiplyExact(rows * columns, channels)]);
  }

  /** Copies what one window gave to its place in the whole. */
  void join(FeatureMap part, int number, FeatureMap whole) {
    int i = number / across.starts().size();
    int j = number % across.starts().size();
    int left = across.bound(j, part.columns());
    int width = across.bound(j + 1, part.columns()) - left;
    int from = left - across.start(j, part.columns());
    for (int row = down.bound(i, part.rows()); row < down.bound(i + 1, part.rows()); row++) {
      System.arraycopy(
          part.cells(),
          ((row - down.start(i, part.rows())) * part.columns() + from) * part.channels(),
          whole.cells(),
          (row * whole.columns() + left) * part.channels(),
          width * part.channels());
    }
  }

  /** Puts what was cut to the picture back over what a single window gave, its padding kept. */
  FeatureMap over(FeatureMap ofWindow, FeatureMap shown) {
    if (whole()) {
      return shown;
    }
    float[] cells = ofWindow.cells().clone();
    for (int row = 0; row < shown.rows(); row++) {
      System.arraycopy(
          shown.cells(),
          row * shown.columns() * shown.channels(),
          cells,
          row * ofWindow.columns() * shown.channels(),
          shown.columns() * shown.channels());
    }
    return new FeatureMap(ofWindow.rows(), ofWindow.columns(), ofWindow.channels(), cells);
  }

  /** What a window gave without its padding, where there is one window. */
  FeatureMap cropped(FeatureMap ofWindow) {
    if (whole()) {
      return ofWindow;
    }
    FeatureMap shown = room(ofWindow);
    join(ofWindow, 0, shown);
    return shown;
  }
}
