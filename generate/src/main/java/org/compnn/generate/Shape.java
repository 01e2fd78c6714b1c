package org.compnn.generate;

/** A region of the scene, in scene units: 0..100 from left to right and from top to bottom. */
sealed interface Shape {
  boolean contains(double x, double y);

  double left();

  double top();

  double right();

  double bottom();

  /** An upright rectangle. */
  record Box(double left, double top, double right, double bottom) implements Shape {
    @Override
    public boolean contains(double x, double y) {
      return x >= left && x < right && y >= top && y < bottom;
    }

    double width() {
      return right - left;
    }

    double height() {
      return bottom - top;
    }

    double middle() {
      return (left + right) / 2;
    }

    /** This box with every side moved inwards. */
    Box inset(double by) {
      return new Box(left + by, top + by, right - by, bottom - by);
    }

    /** This box with every side moved outwards. */
    Box outset(double by) {
      return inset(-by);
    }
  }

  /**
   * A box whose top is an arch.
   *
   * @param rise height of the arch within the box
   */
  record Arch(double left, double top, double right, double bottom, double rise) implements Shape {
    @Override
    public boolean contains(double x, double y) {
      if (x < left || x >= right || y < top || y >= bottom) {
        return false;
      }
      if (y >= top + rise) {
        return true;
      }
      double u = (2 * x - left - right) / (right - left);
      double v = (top + rise - y) / rise;
      return u * u + v * v <= 1;
    }
  }

  /** An ellipse in its box. */
  record Disc(double left, double top, double right, double bottom) implements Shape {
    @Override
    public boolean contains(double x, double y) {
      double u = (2 * x - left - right) / (right - left);
      double v = (2 * y - top - bottom) / (bottom - top);
      return u * u + v * v <= 1;
    }
  }

  /** A polygon by its corners, x and y in turn; even-odd. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by identity; a polygon is no map key.
  record Polygon(double[] corners, double left, double top, double right, double bottom)
      implements Shape {
    static Polygon of(double... corners) {
      double left = corners[0];
      double right = left;
      double top = corners[1];
      double bottom = top;
      for (int i = 0; i < corners.length; i += 2) {
        left = Math.min(left, corners[i]);
        right = Math.max(right, corners[i]);
        top = Math.min(top, corners[i + 1]);
        bottom = Math.max(bottom, corners[i + 1]);
      }
      return new Polygon(corners.clone(), left, top, right, bottom);
    }

    /** A straight beam of a thickness between two points. */
    static Polygon beam(double x0, double y0, double x1, double y1, double thickness) {
      double length = Math.sqrt((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0));
      double dx = -(y1 - y0) / length * thickness / 2;
      double dy = (x1 - x0) / length * thickness / 2;
      return of(x0 + dx, y0 + dy, x1 + dx, y1 + dy, x1 - dx, y1 - dy, x0 - dx, y0 - dy);
    }

    @Override
    public boolean contains(double x, double y) {
      boolean inside = false;
      int n = corners.length / 2;
      for (int i = 0, j = n - 1; i < n; j = i++) {
        double yi = corners[2 * i + 1];
        double yj = corners[2 * j + 1];
        if ((yi > y) != (yj > y)) {
          double xi = corners[2 * i];
          double xj = corners[2 * j];
          if (x < (xj - xi) * (y - yi) / (yj - yi) + xi) {
            inside = !inside;
          }
        }
      }
      return inside;
    }
  }
}
