package org.compnn.generate;

import org.compnn.generate.Shape.Box;

/** Walls, roofs, wood, glass and shade. */
final class Materials {
  private Materials() {}

  static Material flat(int colour) {
    return (x, y, rgb) -> Colour.set(rgb, colour, 1);
  }

  /** A rough surface of one colour. */
  static Material grain(int colour, double roughness, int seed) {
    float rough = (float) roughness;
    return (x, y, rgb) ->
        Colour.set(rgb, colour, 1 + rough * (Noise.smooth(x * 2.2, y * 2.2, seed) - 0.5f));
  }

  /** Rendered wall: fine grain, stains and streaks of rain. */
  static Material plaster(int colour, int seed) {
    return (x, y, rgb) -> {
      float grain = Noise.smooth(x * 2.5, y * 2.5, seed) - 0.5f;
      Colour.set(rgb, colour, weather(x, y, seed) * (1 + 0.05f * grain));
    };
  }

  /** Bricks in stretcher bond. */
  static Material bricks(int colour, int mortar, double course, double length, int seed) {
    double joint = 0.26;
    return (x, y, rgb) -> {
      int row = Noise.floor(y / course);
      double along = x + (row & 1) * length / 2;
      int column = Noise.floor(along / length);
      float weather = weather(x, y, seed);
      if (y - row * course < joint || along - column * length < joint) {
        Colour.set(rgb, mortar, weather);
        return;
      }
      float tone = Noise.at(column, row, seed);
      Colour.set(rgb, colour, weather * (0.84f + 0.30f * tone));
      if (Noise.at(column, row, seed + 7) > 0.9f) {
        Colour.blend(rgb, 0x3a2a2a, 0.35f);
      }
    };
  }

  /** Dressed stone in courses; the deeper the joints, the more it reads as rustication. */
  static Material ashlar(int colour, double course, double length, double depth, int seed) {
    float dark = (float) (1 - depth);
    float bright = (float) (1 + depth * 0.28);
    return (x, y, rgb) -> {
      int row = Noise.floor(y / course);
      double along = x + (row & 1) * length / 2;
      int column = Noise.floor(along / length);
      double v = y - row * course;
      double u = along - column * length;
      float tone = 0.955f + 0.09f * Noise.at(column, row, seed);
      float edge = 1;
      if (v < 0.4) {
        edge = dark;
      } else if (u < 0.3) {
        edge = 1 - (1 - dark) * 0.7f;
      } else if (v < 0.75) {
        edge = bright;
      }
      Colour.set(rgb, colour, weather(x, y, seed) * tone * edge);
    };
  }

  /** Field stones with mortar between, by the nearest of scattered points. */
  static Material rubble(int colour, int mortar, double scale, int seed) {
    return (x, y, rgb) -> {
      int cx = Noise.floor(x / scale);
      int cy = Noise.floor(y / scale);
      double nearest = 9;
      double second = 9;
      float tone = 0;
      for (int i = -1; i <= 1; i++) {
        for (int j = -1; j <= 1; j++) {
          double dx = cx + i + Noise.at(cx + i, cy + j, seed) - x / scale;
          double dy = (cy + j + Noise.at(cx + i, cy + j, seed + 1) - y / scale) * 1.3;
          double d = dx * dx + dy * dy;
          if (d < nearest) {
            second = nearest;
            nearest = d;
            tone = Noise.at(cx + i, cy + j, seed + 2);
          } else if (d < second) {
            second = d;
          }
        }
      }
      if (Math.sqrt(second) - Math.sqrt(nearest) < 0.12) {
        Colour.set(rgb, mortar, weather(x, y, seed));
      } else {
        Colour.set(rgb, colour, weather(x, y, seed) * (0.78f + 0.42f * tone));
      }
    };
  }

  /** Roof tiles in staggered rows, each with a shaded lower edge. */
  static Material tiles(int colour, double course, double width, int seed) {
    return (x, y, rgb) -> {
      int row = Noise.floor(y / course);
      double along = x + (row & 1) * width / 2;
      int column = Noise.floor(along / width);
      float down = (float) (y / course - row);
      float across = (float) (along / width - column) - 0.5f;
      float tone = 0.82f + 0.3f * Noise.at(column, row, seed);
      float edge = down + across * across * 1.2f > 0.95f ? 0.62f : 1.08f - 0.22f * down;
      Colour.set(rgb, colour, tone * edge * weather(x, y, seed));
    };
  }

  /** Sheet metal with standing seams. */
  static Material zinc(int colour, double seam, double top, double bottom, int seed) {
    return (x, y, rgb) -> {
      double u = x / seam - Noise.floor(x / seam);
      float down = (float) ((y - top) / (bottom - top));
      float edge = u < 0.09 ? 0.72f : u < 0.2 ? 1.12f : 1;
      float tone = 1.1f - 0.24f * down + 0.08f * (Noise.cloudy(x / 5, y / 5, seed) - 0.5f);
      Colour.set(rgb, colour, edge * tone);
    };
  }

  /** Upright boards. */
  static Material boards(int colour, double width, int seed) {
    return (x, y, rgb) -> {
      int board = Noise.floor(x / width);
      float edge = x - board * width < 0.22 ? 0.62f : 1;
      float vein = 0.1f * (Noise.smooth(x * 3, y * 0.35, seed) - 0.5f);
      Colour.set(rgb, colour, edge * (0.93f + 0.14f * Noise.at(board, 0, seed) + vein));
    };
  }

  /** Large cast or clad panels with thin joints. */
  static Material panels(int colour, double width, double height, int seed) {
    return (x, y, rgb) -> {
      int column = Noise.floor(x / width);
      int row = Noise.floor(y / height);
      float edge = x - column * width < 0.24 || y - row * height < 0.24 ? 0.8f : 1;
      float tone = 0.965f + 0.07f * Noise.at(column, row, seed);
      Colour.set(rgb, colour, edge * tone * weather(x, y, seed));
    };
  }

  /** Level slats, each lit from above: shutters, louvres, roller blinds. */
  static Material slats(int colour, double pitch) {
    return (x, y, rgb) -> {
      double v = y / pitch - Noise.floor(y / pitch);
      Colour.set(rgb, colour, v < 0.3 ? 0.68f : v < 0.55 ? 1.1f : 0.96f);
    };
  }

  /** Upright stripes of two colours. */
  static Material stripes(int even, int odd, double width, double from) {
    return (x, y, rgb) ->
        Colour.set(rgb, (Noise.floor((x - from) / width) & 1) == 0 ? even : odd, 1);
  }

  /** From one colour at the top to another at the bottom. */
  static Material fade(int top, int bottom, double from, double to) {
    return (x, y, rgb) -> {
      Colour.set(rgb, top, 1);
      Colour.blend(rgb, bottom, (float) Math.clamp((y - from) / (to - from), 0, 1));
    };
  }

  /**
   * A pane: the sky in its upper part, the room in its lower part, slanting reflections, and
   * curtains where there are any.
   *
   * @param curtain how far each curtain reaches in, as a share of the width
   */
  static Material glass(Box pane, int sky, int room, int cloth, double curtain, int seed) {
    double phase = Noise.at(1, 2, seed) * 9;
    float gleam = 0.10f + 0.16f * Noise.at(3, 4, seed);
    return (x, y, rgb) -> {
      float down = (float) ((y - pane.top()) / pane.height());
      double u = (x - pane.left()) / pane.width();
      Colour.set(rgb, sky, 0.92f - 0.1f * down);
      Colour.blend(rgb, room, 0.40f + 0.42f * down);
      double side = Math.min(u, 1 - u);
      if (side < curtain) {
        double fold = side * pane.width() * 1.7;
        float crease = 0.74f + 0.24f * (float) Math.abs(fold - Noise.floor(fold) - 0.5);
        int folded = Colour.scale(cloth, crease);
        Colour.blend(rgb, folded, 0.75f);
      }
      double slant = (x * 0.8 + y * 0.55 + phase) / 5.5;
      double streak = slant - Noise.floor(slant);
      if (streak < 0.26 || (streak > 0.4 && streak < 0.48)) {
        Colour.blend(rgb, 0xf2f7fb, gleam);
      }
    };
  }

  /** Darkens what lies below by a factor, a little less in the blue as shade does out of doors. */
  static Material shade(double factor) {
    float k = (float) factor;
    return (x, y, rgb) -> darken(rgb, k);
  }

  /** Shade that is deepest at the top of its box and gone at the bottom. */
  static Material shadeBelow(Box box, double factor) {
    float deepest = (float) factor;
    return (x, y, rgb) -> {
      float down = (float) ((y - box.top()) / box.height());
      darken(rgb, deepest + (1 - deepest) * down * down);
    };
  }

  /** Brightens what lies below. */
  static Material glow(int colour, double share) {
    return (x, y, rgb) -> Colour.blend(rgb, colour, (float) share);
  }

  private static void darken(float[] rgb, float k) {
    rgb[0] *= k;
    rgb[1] *= k + (1 - k) * 0.05f;
    rgb[2] *= k + (1 - k) * 0.16f;
  }

  /** Stains and streaks, around 1. */
  private static float weather(double x, double y, int seed) {
    float stain = Noise.cloudy(x / 16, y / 16, seed + 3) - 0.5f;
    float streak = Noise.smooth(x / 1.6, y / 26, seed + 4) - 0.5f;
    return 1 + 0.13f * stain + 0.055f * streak;
  }
}
