package org.compnn.search.field;

import org.compnn.search.Distance;
import org.compnn.search.SearchSettings;
import org.compnn.search.lists.ListIndex;

/**
 * Which entries of which lists may be nearer to a query cell than what has been found for it, told
 * by codes alone.
 *
 * <p>Codes are orthogonal projections of hyperpatches, or of lesser ones around the same cells, and
 * a stored code is off by at most {@link ListIndex#rounding}.
 */
sealed interface Reach {
  /** More than all rounding of single precision, relative to the length of a code. */
  double MARGIN = 1e-3;

  /** Whether the lists tell it of hyperpatches of that size. */
  static boolean known(ListIndex index, SearchSettings settings) {
    return index.hyperpatch() <= settings.hyperpatch();
  }

  /**
   * @param code length of a query cell's code
   * @param hyperpatch length of its hyperpatch
   * @param found distance of the nearest match found
   */
  static Reach of(Distance distance, ListIndex index, double code, double hyperpatch, float found) {
    return switch (distance) {
      case L2 -> new Ball(code, Math.sqrt(found) + index.rounding() + MARGIN * (1 + code));
      case COSINE -> Cone.of(code, hyperpatch, 1 - found, index.rounding());
    };
  }

  /** What the code is multiplied by for {@link #floor}. */
  double scale();

  /** The score, as {@code ListChunk} gives it, that an entry in reach exceeds. */
  float floor();

  /**
   * Whether a list may hold an entry in reach.
   *
   * @param product of the code and the list's centroid
   * @param length of the centroid
   * @param radius how far entries are from it at the most
   */
  boolean meets(double product, double length, double radius);

  /**
   * Two codes lie no farther apart than their hyperpatches do: entries in reach lie in a ball
   * around the code.
   *
   * @param length of the code
   * @param radius of the ball
   */
  record Ball(double length, double radius) implements Reach {
    @Override
    public double scale() {
      return 1;
    }

    @Override
    public float floor() {
      return (float) ((length * length - radius * radius) / 2);
    }

    @Override
    public boolean meets(double product, double centroid, double spread) {
      double within = radius + spread;
      return length * length + centroid * centroid - 2 * product < within * within;
    }
  }

  /**
   * Hyperpatches q and d have parts in their codes' space and parts outside. Whatever the outer
   * part of d is, cos(q, d)^2 is at most k cos(codes)^2 + 1 - k, where k is the share of |q|^2 that
   * its code keeps. So the codes of entries in reach lie in a cone around the code.
   *
   * @param length of the code
   * @param least cosine of the angle between the cone's axis and its surface; -1 if all is in reach
   * @param rounding how far a stored code is off
   */
  record Cone(double length, double least, double rounding) implements Reach {
    static Cone of(double code, double hyperpatch, double cosine, double rounding) {
      double kept = hyperpatch > 0 ? Math.min(1, code * code / (hyperpatch * hyperpatch)) : 0;
      double square = kept > 0 ? (cosine * cosine - (1 - kept)) / kept : 0;
      return new Cone(code, cosine > 0 && square > 0 ? Math.sqrt(square) - MARGIN : -1, rounding);
    }

    @Override
    public double scale() {
      return length > 0 ? 1 / length : 0;
    }

    @Override
    public float floor() {
      return least > 0 ? (float) least : Float.NEGATIVE_INFINITY;
    }

    @Override
    public boolean meets(double product, double centroid, double spread) {
      double within = spread + rounding;
      if (least <= 0 || length == 0 || within >= centroid) {
        return true;
      }
      // The angle to the centroid is less than the cone's and that under which the list appears.
      double sine = within / centroid;
      double together = least * Math.sqrt(1 - sine * sine) - Math.sqrt(1 - least * least) * sine;
      return product / (length * centroid) > together - MARGIN;
    }
  }
}
