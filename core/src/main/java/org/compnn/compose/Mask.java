package org.compnn.compose;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * A set of pixels of a picture. The bits are owned by the mask and not to be changed once it is
 * shared.
 *
 * @param height rows
 * @param width columns
 * @param pixels bit row x width + column is set for a pixel that belongs to it
 */
public record Mask(int height, int width, BitSet pixels) {
  public Mask {
    if (height <= 0 || width <= 0 || pixels.length() > Math.multiplyExact(height, width)) {
      throw new IllegalArgumentException(
          "a mask of %d x %d cannot have pixel %d".formatted(height, width, pixels.length() - 1));
    }
  }

  /** A corner of pixels: row 0, column 0 is the top left of the picture. */
  public record Corner(int row, int column) {}

  /**
   * Rows {@code top} to {@code bottom} and columns {@code left} to {@code right}, ends excluded.
   */
  public record Box(int top, int left, int bottom, int right) {}

  public boolean contains(int row, int column) {
    return row >= 0
        && row < height
        && column >= 0
        && column < width
        && pixels.get(row * width + column);
  }

  /** The same at another size, by the nearest pixel. */
  public Mask at(int rows, int columns) {
    if (rows == height && columns == width) {
      return this;
    }
    BitSet scaled = new BitSet();
    for (int row = 0; row < rows; row++) {
      int from = ((int) ((row + 0.5) * height / rows)) * width;
      for (int column = 0; column < columns; column++) {
        if (pixels.get(from + (int) ((column + 0.5) * width / columns))) {
          scaled.set(row * columns + column);
        }
      }
    }
    return new Mask(rows, columns, scaled);
  }

  /** How many pixels belong to it. */
  public int count() {
    return pixels.cardinality();
  }

  /** The smallest box that holds all pixels; empty at the top left for an empty mask. */
  public Box bounds() {
    int top = height;
    int left = width;
    int bottom = 0;
    int right = 0;
    for (int i = pixels.nextSetBit(0); i >= 0; i = pixels.nextSetBit(i + 1)) {
      top = Math.min(top, i / width);
      bottom = Math.max(bottom, i / width + 1);
      left = Math.min(left, i % width);
      right = Math.max(right, i % width + 1);
    }
    return bottom == 0 ? new Box(0, 0, 0, 0) : new Box(top, left, bottom, right);
  }

  /** The connected parts (pixels that share a side), the largest first, then from the top left. */
  public List<Mask> components() {
    BitSet left = (BitSet) pixels.clone();
    List<Mask> parts = new ArrayList<>();
    Deque<Integer> open = new ArrayDeque<>();
    for (int seed = left.nextSetBit(0); seed >= 0; seed = left.nextSetBit(seed + 1)) {
      BitSet part = new BitSet(seed + 1);
      left.clear(seed);
      open.push(seed);
      while (!open.isEmpty()) {
        int pixel = open.pop();
        part.set(pixel);
        int column = pixel % width;
        visit(pixel - width, pixel >= width, left, open);
        visit(pixel + width, pixel / width < height - 1, left, open);
        visit(pixel - 1, column > 0, left, open);
        visit(pixel + 1, column < width - 1, left, open);
      }
      parts.add(new Mask(height, width, part));
    }
    // The sort is stable, and parts were found from the top left.
    parts.sort(Comparator.comparingInt(Mask::count).reversed());
    return List.copyOf(parts);
  }

  private static void visit(int pixel, boolean inside, BitSet left, Deque<Integer> open) {
    if (inside && left.get(pixel)) {
      left.clear(pixel);
      open.push(pixel);
    }
  }

  /**
   * The pixels whose neighbours up to {@code radius} rows and columns away all belong to it too.
   */
  public Mask eroded(int radius) {
    BitSet kept = new BitSet(height * width);
    for (int i = pixels.nextSetBit(0); i >= 0; i = pixels.nextSetBit(i + 1)) {
      if (full(i / width, i % width, radius)) {
        kept.set(i);
      }
    }
    return new Mask(height, width, kept);
  }

  private boolean full(int row, int column, int radius) {
    for (int y = Math.max(0, row - radius); y <= Math.min(height - 1, row + radius); y++) {
      int from = y * width + Math.max(0, column - radius);
      int to = y * width + Math.min(width - 1, column + radius);
      if (pixels.nextClearBit(from) <= to) {
        return false;
      }
    }
    return true;
  }

  /**
   * The border as closed rings of corners, pixels to the right of the way; only corners where the
   * way turns. Outer rings run clockwise, holes anticlockwise.
   */
  public List<List<Corner>> rings() {
    return new Outline(this).rings();
  }

  /**
   * Run lengths as COCO has them: down the columns, from the left, starting with the number of
   * pixels outside.
   */
  public List<Integer> runs() {
    int[] down = new int[count()];
    int n = 0;
    for (int i = pixels.nextSetBit(0); i >= 0; i = pixels.nextSetBit(i + 1)) {
      down[n++] = i % width * height + i / width;
    }
    Arrays.sort(down);
    List<Integer> runs = new ArrayList<>();
    int end = 0;
    for (int i = 0; i < n; ) {
      int first = i;
      do {
        i++;
      } while (i < n && down[i] == down[i - 1] + 1);
      runs.add(down[first] - end);
      runs.add(i - first);
      end = down[i - 1] + 1;
    }
    if (end < height * width) {
      runs.add(height * width - end);
    }
    return List.copyOf(runs);
  }
}
