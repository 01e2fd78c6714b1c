package org.compnn.network;

import java.util.OptionalInt;
import org.compnn.image.PictureSize;

/**
 * How large a picture becomes before it is laid into a network's input. The rules, and where they
 * round down, up or to the nearest, are those of Hugging Face's image processors ({@code
 * transformers}, {@code image_transforms.py}) and of Ultralytics' letterbox.
 */
public sealed interface ResizeRule {
  /**
   * The size of the resized picture.
   *
   * @param picture the picture's own size
   * @param input the size of the input
   */
  PictureSize resized(PictureSize picture, PictureSize input);

  /** To the whole input, whatever becomes of the proportions. */
  record Stretched() implements ResizeRule {
    @Override
    public PictureSize resized(PictureSize picture, PictureSize input) {
      return input;
    }
  }

  /**
   * To one size, whatever becomes of the proportions.
   *
   * @param height rows
   * @param width columns
   */
  record Exact(int height, int width) implements ResizeRule {
    @Override
    public PictureSize resized(PictureSize picture, PictureSize input) {
      return new PictureSize(height, width);
    }
  }

  /** As it is. */
  record Unchanged() implements ResizeRule {
    @Override
    public PictureSize resized(PictureSize picture, PictureSize input) {
      return picture;
    }
  }

  /**
   * In proportion, by its edges.
   *
   * @param shortest what the shorter edge becomes
   * @param longest what the longer one may become at the most
   * @param multiple both are then rounded up to multiples of this
   */
  record Edges(int shortest, OptionalInt longest, int multiple) implements ResizeRule {
    @Override
    public PictureSize resized(PictureSize picture, PictureSize input) {
      double shorter = Math.min(picture.height(), picture.width());
      double longer = Math.max(picture.height(), picture.width());
      // What the other edge is calculated from is rounded only where the longest edge binds not.
      double exact = shortest;
      if (longest.isPresent() && longer / shorter * shortest > longest.getAsInt()) {
        exact = longest.getAsInt() * shorter / longer;
      }
      int edge = Math.max(1, (int) Math.rint(exact));
      boolean tall = picture.width() < picture.height();
      int other = Math.max(1, (int) (exact * longer / shorter));
      if (edge == shorter) {
        return rounded(picture.height(), picture.width());
      }
      return tall ? rounded(other, edge) : rounded(edge, other);
    }

    private PictureSize rounded(int height, int width) {
      return new PictureSize(
          Math.ceilDiv(height, multiple) * multiple, Math.ceilDiv(width, multiple) * multiple);
    }
  }

  /**
   * In proportion, the longer edge to a length.
   *
   * @param longest what it becomes
   */
  record Longest(int longest) implements ResizeRule {
    @Override
    public PictureSize resized(PictureSize picture, PictureSize input) {
      double scale = (double) longest / Math.max(picture.height(), picture.width());
      return new PictureSize(
          (int) (picture.height() * scale + 0.5), (int) (picture.width() * scale + 0.5));
    }
  }

  /**
   * In proportion, as large as a box allows.
   *
   * @param height rows of the box
   * @param width columns of the box
   * @param multiple both are then rounded up to multiples of this
   */
  record Within(int height, int width, int multiple) implements ResizeRule {
    @Override
    public PictureSize resized(PictureSize picture, PictureSize input) {
      double scale = Math.min((double) height / picture.height(), (double) width / picture.width());
      return new PictureSize(
          Math.ceilDiv(Math.max(1, (int) (picture.height() * scale)), multiple) * multiple,
          Math.ceilDiv(Math.max(1, (int) (picture.width() * scale)), multiple) * multiple);
    }
  }

  /** In proportion, as large as the input allows, rounded to the nearest. */
  record Letterbox() implements ResizeRule {
    @Override
    public PictureSize resized(PictureSize picture, PictureSize input) {
      double scale =
          Math.min(
              (double) input.height() / picture.height(), (double) input.width() / picture.width());
      return new PictureSize(
          Math.max(1, (int) Math.rint(picture.height() * scale)),
          Math.max(1, (int) Math.rint(picture.width() * scale)));
    }
  }

  /**
   * In proportion, by whichever of two edges changes the picture less; then to multiples.
   *
   * @param height rows, if the rows decide
   * @param width columns, if the columns decide
   * @param multiple both are rounded to the nearest multiple of this
   */
  record LeastChange(int height, int width, int multiple) implements ResizeRule {
    @Override
    public PictureSize resized(PictureSize picture, PictureSize input) {
      double down = (double) height / picture.height();
      double across = (double) width / picture.width();
      double scale = Math.abs(1 - across) < Math.abs(1 - down) ? across : down;
      return new PictureSize(
          nearest(scale * picture.height(), multiple), nearest(scale * picture.width(), multiple));
    }
  }

  /**
   * Each edge down to the next multiple.
   *
   * @param multiple of which both become multiples
   */
  record Multiples(int multiple) implements ResizeRule {
    @Override
    public PictureSize resized(PictureSize picture, PictureSize input) {
      return new PictureSize(
          Math.max(1, picture.height() / multiple) * multiple,
          Math.max(1, picture.width() / multiple) * multiple);
    }
  }

  /** The nearest multiple, the even one of two as near; at least one. */
  static int nearest(double value, int multiple) {
    return Math.max(multiple, (int) Math.rint(value / multiple) * multiple);
  }
}
