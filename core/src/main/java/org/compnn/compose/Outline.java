package org.compnn.compose;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Follows the border of a mask along the sides of its pixels. One for each mask. */
final class Outline {
  /** Row and column steps of the ways east, south, west, north. */
  private static final int[] DOWN = {0, 1, 0, -1};

  private static final int[] ACROSS = {1, 0, -1, 0};

  private final Mask mask;

  /** Corners from which an eastward side above a pixel of the mask has not been walked yet. */
  private final BitSet tops;

  private final int corners;

  Outline(Mask mask) {
    this.mask = mask;
    this.corners = mask.width() + 1;
    this.tops = new BitSet();
    BitSet pixels = mask.pixels();
    for (int i = pixels.nextSetBit(0); i >= 0; i = pixels.nextSetBit(i + 1)) {
      int row = i / mask.width();
      int column = i % mask.width();
      if (!mask.contains(row - 1, column)) {
        tops.set(row * corners + column);
      }
    }
  }

  List<List<Mask.Corner>> rings() {
    List<List<Mask.Corner>> rings = new ArrayList<>();
    for (int start = tops.nextSetBit(0); start >= 0; start = tops.nextSetBit(start + 1)) {
      rings.add(ring(start / corners, start % corners));
    }
    return List.copyOf(rings);
  }

  /** Walks once around, beginning to the east; every ring has a side to the east. */
  private List<Mask.Corner> ring(int startRow, int startColumn) {
    List<Mask.Corner> ring = new ArrayList<>();
    int row = startRow;
    int column = startColumn;
    int way = 0;
    do {
      if (way == 0) {
        tops.clear(row * corners + column);
      }
      row += DOWN[way];
      column += ACROSS[way];
      int next = turn(row, column, way);
      if (next != way) {
        ring.add(new Mask.Corner(row, column));
      }
      way = next;
    } while (row != startRow || column != startColumn || way != 0);
    return List.copyOf(ring);
  }

  /**
   * The way on from a corner: the sharpest turn to the right that has a pixel of the mask to the
   * right of it and none to the left, so that pixels that touch at a corner stay apart.
   */
  private int turn(int row, int column, int way) {
    for (int turn : new int[] {1, 0, 3}) {
      int next = (way + turn) % 4;
      boolean right =
          switch (next) {
            case 0 -> mask.contains(row, column);
            case 1 -> mask.contains(row, column - 1);
            case 2 -> mask.contains(row - 1, column - 1);
            default -> mask.contains(row - 1, column);
          };
      boolean left =
          switch (next) {
            case 0 -> mask.contains(row - 1, column);
            case 1 -> mask.contains(row, column);
            case 2 -> mask.contains(row, column - 1);
            default -> mask.contains(row - 1, column - 1);
          };
      if (right && !left) {
        return next;
      }
    }
    throw new IllegalStateException("the border ends at " + row + ", " + column);
  }
}
