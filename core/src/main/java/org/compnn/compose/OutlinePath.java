package org.compnn.compose;

import java.util.BitSet;
import java.util.List;

/**
 * A mask as the path of its border, as SVG has it: {@code M3 4h5v6h-5z} is the rectangle of columns
 * 3 to 7 and rows 4 to 9. Only such steps along rows and columns, in whole pixels; filled by the
 * even-odd rule. Nothing is lost either way.
 */
public final class OutlinePath {
  private static final int DIGITS = 9;

  private final String path;
  private final int height;
  private final int width;
  private final BitSet sides;
  private int at;

  private OutlinePath(String path, int height, int width) {
    this.path = path;
    this.height = height;
    this.width = width;
    this.sides = new BitSet(height * width);
  }

  /** The path of a mask; an empty text for an empty one. */
  public static String of(Mask mask) {
    StringBuilder path = new StringBuilder();
    for (List<Mask.Corner> ring : mask.rings()) {
      Mask.Corner from = ring.getLast();
      path.append('M').append(from.column()).append(' ').append(from.row());
      // The last step back to where it began is the z.
      for (Mask.Corner to : ring.subList(0, ring.size() - 1)) {
        if (to.row() == from.row()) {
          path.append('h').append(to.column() - from.column());
        } else {
          path.append('v').append(to.row() - from.row());
        }
        from = to;
      }
      path.append('z');
    }
    return path.toString();
  }

  /**
   * The mask of a path.
   *
   * @param height rows of the picture, 1 or more
   * @param width columns of the picture, 1 or more
   * @throws IllegalArgumentException if it is no such path, or leaves the picture
   */
  public static Mask mask(String path, int height, int width) {
    return new OutlinePath(path, height, width).mask();
  }

  private Mask mask() {
    while (more()) {
      ring();
    }
    BitSet pixels = new BitSet(height * width);
    for (int row = 0; row < height; row++) {
      boolean inside = false;
      for (int column = 0; column < width; column++) {
        inside ^= sides.get(row * width + column);
        if (inside) {
          pixels.set(row * width + column);
        }
      }
    }
    return new Mask(height, width, pixels);
  }

  private void ring() {
    expect(path.charAt(at++) == 'M');
    int startColumn = number();
    int startRow = number();
    expect(isInside(startRow, startColumn));
    int row = startRow;
    int column = startColumn;
    while (more() && path.charAt(at) != 'z') {
      char step = path.charAt(at++);
      expect(step == 'h' || step == 'v');
      int by = number();
      int nextRow = step == 'v' ? row + by : row;
      expect(isInside(nextRow, step == 'h' ? column + by : column));
      side(row, nextRow, column);
      row = nextRow;
      column += step == 'h' ? by : 0;
    }
    expect(more() && (row == startRow || column == startColumn));
    at++;
    side(row, startRow, column);
  }

  /** Notes that what is right of a side is on the other side of the border. */
  private void side(int fromRow, int toRow, int column) {
    // Nothing is right of the picture's right edge.
    if (column < width) {
      for (int row = Math.min(fromRow, toRow); row < Math.max(fromRow, toRow); row++) {
        sides.flip(row * width + column);
      }
    }
  }

  private boolean isInside(int row, int column) {
    return row >= 0 && row <= height && column >= 0 && column <= width;
  }

  private boolean more() {
    while (at < path.length() && (path.charAt(at) == ' ' || path.charAt(at) == ',')) {
      at++;
    }
    return at < path.length();
  }

  private int number() {
    more();
    int from = at;
    if (at < path.length() && path.charAt(at) == '-') {
      at++;
    }
    int digits = at;
    while (at < path.length() && path.charAt(at) >= '0' && path.charAt(at) <= '9') {
      at++;
    }
    expect(at > digits && at - digits <= DIGITS);
    return Integer.parseInt(path, from, at, 10);
  }

  private void expect(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException(
          "expected a path of M, h, v and z within %d x %d pixels, found something else at letter %d of '%s'"
              .formatted(
                  height, width, at, path.length() > 40 ? path.substring(0, 40) + "…" : path));
    }
  }
}
