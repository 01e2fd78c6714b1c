package org.compnn.network;

import java.util.List;
import java.util.Optional;
import org.compnn.image.Picture;
import org.compnn.image.PictureSize;
import org.compnn.image.Raster;
import org.compnn.image.Resample;
import org.compnn.image.Resize;

/**
 * Where a picture lies in a network's input: it was resized, then cut or surrounded by padding.
 * Points are counted from the upper left corner, so that pixel 0 reaches from 0 to 1.
 *
 * @param picture the picture's own rows and columns
 * @param resized what it was resized to
 * @param top the input's row at which the resized picture begins; negative where it is cut
 * @param left the input's column at which it begins; negative where it is cut
 * @param input rows and columns of the input
 */
public record Frame(
    PictureSize picture, PictureSize resized, int top, int left, PictureSize input) {

  /**
   * Units of a grid, from the first to before the last.
   *
   * @param top the first row
   * @param left the first column
   * @param bottom the row after the last
   * @param right the column after the last
   */
  public record Region(int top, int left, int bottom, int right) {
    public int height() {
      return bottom - top;
    }

    public int width() {
      return right - left;
    }

    public boolean contains(int row, int column) {
      return row >= top && row < bottom && column >= left && column < right;
    }

    /** Whether it is all of a grid of so many rows and columns. */
    public boolean covers(int rows, int columns) {
      return top <= 0 && left <= 0 && bottom >= rows && right >= columns;
    }

    /** A raster with nothing outside: black, unlabelled or without values there. */
    public Raster only(Raster whole) {
      return covers(whole.height(), whole.width()) ? whole : PixelBytes.of(whole).only(this);
    }

    /** The part of a raster that lies within. */
    public Raster cut(Raster whole) {
      return covers(whole.height(), whole.width())
          ? whole
          : PixelBytes.of(whole).on(height(), width(), -top, -left, false);
    }

    /** The nearest row within. */
    public int nearestRow(int row) {
      return Math.clamp(row, top, bottom - 1);
    }

    /** The nearest column within. */
    public int nearestColumn(int column) {
      return Math.clamp(column, left, right - 1);
    }
  }

  /**
   * A pixel.
   *
   * @param row from 0
   * @param column from 0
   */
  public record Pixel(int row, int column) {}

  /** A picture that is resized to the whole input. */
  public static Frame whole(PictureSize picture, PictureSize input) {
    return new Frame(picture, input, 0, 0, input);
  }

  /** Whether the input is the resized picture and nothing else. */
  public boolean isWhole() {
    return top == 0 && left == 0 && resized.equals(input);
  }

  /** Whether some of the input is no picture. */
  public boolean isPadded() {
    return !held(input.height(), input.width()).covers(input.height(), input.width());
  }

  /**
   * What holds picture in a grid laid over the input: cells of a layer, pixels of an output. A unit
   * that holds any counts.
   *
   * @param rows of the grid
   * @param columns of the grid
   */
  public Region held(int rows, int columns) {
    return new Region(
        first(top, rows, input.height()),
        first(left, columns, input.width()),
        end(top + resized.height(), rows, input.height()),
        end(left + resized.width(), columns, input.width()));
  }

  private static int first(int at, int units, int pixels) {
    return (int) Math.max(0, Math.floorDiv((long) at * units, pixels));
  }

  private static int end(int at, int units, int pixels) {
    return (int) Math.min(units, Math.ceilDiv((long) at * units, (long) pixels));
  }

  /** The picture's own row at a row of the input; beyond the picture where that is padding. */
  public double pictureRow(double inputRow) {
    return (inputRow - top) * picture.height() / resized.height();
  }

  /** The picture's own column at a column of the input. */
  public double pictureColumn(double inputColumn) {
    return (inputColumn - left) * picture.width() / resized.width();
  }

  /** The input's row at a row of the picture; outside the input where that is cut. */
  public double inputRow(double pictureRow) {
    return pictureRow * resized.height() / picture.height() + top;
  }

  /** The input's column at a column of the picture. */
  public double inputColumn(double pictureColumn) {
    return pictureColumn * resized.width() / picture.width() + left;
  }

  /**
   * Activations whose cells without any picture repeat the nearest cell that has some: padding is
   * the same to every picture, and no cell shall be matched for it.
   */
  public FeatureMap repeated(FeatureMap map) {
    Region held = held(map.rows(), map.columns());
    if (held.covers(map.rows(), map.columns())) {
      return map;
    }
    float[] cells = new float[map.cells().length];
    for (int row = 0; row < map.rows(); row++) {
      for (int column = 0; column < map.columns(); column++) {
        int from = held.nearestRow(row) * map.columns() + held.nearestColumn(column);
        System.arraycopy(
            map.cells(),
            from * map.channels(),
            cells,
            (row * map.columns() + column) * map.channels(),
            map.channels());
      }
    }
    return new FeatureMap(map.rows(), map.columns(), map.channels(), cells);
  }

  /** Cells of one map where there is picture, and of another where there is none. */
  public FeatureMap merged(FeatureMap inside, FeatureMap outside) {
    Region held = held(inside.rows(), inside.columns());
    if (held.covers(inside.rows(), inside.columns())) {
      return inside;
    }
    float[] cells = outside.cells().clone();
    for (int row = held.top(); row < held.bottom(); row++) {
      int at = (row * inside.columns() + held.left()) * inside.channels();
      System.arraycopy(inside.cells(), at, cells, at, held.width() * inside.channels());
    }
    return new FeatureMap(inside.rows(), inside.columns(), inside.channels(), cells);
  }

  /** Whether the picture has more pixels than the input shows of it. */
  public boolean isCoarse() {
    return picture.height() > resized.height() || picture.width() > resized.width();
  }

  /**
   * The input as finely as the picture itself is: cut and surrounded alike (by black), with more
   * pixels.
   *
   * @param own the picture
   * @param most rows or columns at the most
   * @return nothing where that is no finer than the input, or where the picture has another size
   *     than this frame's
   */
  public Optional<Picture> fine(Picture own, int most) {
    double scale =
        Math.min(
            Math.max(
                (double) picture.height() / resized.height(),
                (double) picture.width() / resized.width()),
            (double) most / Math.max(input.height(), input.width()));
    if (scale <= 1 || !picture.equals(new PictureSize(own.height(), own.width()))) {
      return Optional.empty();
    }
    Picture finer =
        Resize.picture(
            own, scaled(resized.height(), scale), scaled(resized.width(), scale), Resample.BICUBIC);
    return Optional.of(
        (Picture)
            PixelBytes.of(finer)
                .on(
                    scaled(input.height(), scale),
                    scaled(input.width(), scale),
                    scaled(top, scale),
                    scaled(left, scale),
                    false));
  }

  private static int scaled(int pixels, double scale) {
    return (int) Math.round(pixels * scale);
  }

  /** Rows and columns of the picture, of the resized picture, and where that lies. */
  public List<Integer> numbers() {
    return List.of(picture.height(), picture.width(), resized.height(), resized.width(), top, left);
  }

  /**
   * The frame of some {@link #numbers}.
   *
   * @throws IllegalArgumentException if they are none
   */
  public static Frame of(List<Integer> numbers, PictureSize input) {
    if (numbers.size() != 6 || numbers.subList(0, 4).stream().anyMatch(n -> n < 1)) {
      throw new IllegalArgumentException("a frame has six numbers, not " + numbers);
    }
    return new Frame(
        new PictureSize(numbers.get(0), numbers.get(1)),
        new PictureSize(numbers.get(2), numbers.get(3)),
        numbers.get(4),
        numbers.get(5),
        input);
  }

  /**
   * The picture's own pixel under the centre of a unit of a grid that is laid over the input.
   *
   * @param row of the grid
   * @param column of the grid
   * @param rows of the whole grid
   * @param columns of the whole grid
   * @return the nearest pixel of the picture where the centre lies in padding
   */
  public Pixel pixel(int row, int column, int rows, int columns) {
    double y = pictureRow((row + 0.5) * input.height() / rows);
    double x = pictureColumn((column + 0.5) * input.width() / columns);
    return new Pixel(
        Math.clamp((long) Math.floor(y), 0, picture.height() - 1),
        Math.clamp((long) Math.floor(x), 0, picture.width() - 1));
  }

  /**
   * The unit of a grid laid over the input that holds the centre of a pixel of the picture.
   *
   * @param pixel of the picture itself
   * @param rows of the grid
   * @param columns of the grid
   * @return nothing where that pixel was cut away
   */
  public Optional<Pixel> unit(Pixel pixel, int rows, int columns) {
    double y = inputRow(pixel.row() + 0.5) * rows / input.height();
    double x = inputColumn(pixel.column() + 0.5) * columns / input.width();
    if (y < 0 || x < 0 || y >= rows || x >= columns) {
      return Optional.empty();
    }
    return Optional.of(new Pixel((int) y, (int) x));
  }
}
