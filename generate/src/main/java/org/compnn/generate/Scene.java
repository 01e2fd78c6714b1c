package org.compnn.generate;

import org.compnn.generate.Shape.Box;

/**
 * A street on a canvas, with the light that falls on it; the sky, the neighbours and the pavement,
 * all of class background.
 */
final class Scene {
  /** Where the wall meets the pavement. */
  static final double GROUND = 93;

  final Canvas canvas;
  final Dice dice;

  /** The side that the sun comes from. */
  final boolean sunLeft;

  /** What the windows reflect. */
  final int reflection;

  /** The building's outer sides. */
  final double left;

  final double right;

  private final int zenith;
  private final int horizon;
  private final double warmth;

  Scene(Canvas canvas, Dice dice) {
    this.canvas = canvas;
    this.dice = dice;
    sunLeft = dice.chance(0.5);
    double weather = dice.between(0, 1);
    warmth = dice.between(-0.5, 1);
    if (weather < 0.6) {
      zenith = Colour.near(dice, 0x5d94cf, 0.05);
      horizon = Colour.near(dice, 0xcfe2f0, 0.03);
    } else if (weather < 0.85) {
      zenith = Colour.near(dice, 0xa9b6c2, 0.05);
      horizon = Colour.near(dice, 0xe2e6e8, 0.03);
    } else {
      zenith = Colour.near(dice, 0x7f9cc8, 0.04);
      horizon = Colour.near(dice, 0xf6d8b4, 0.03);
    }
    reflection = Colour.mix(zenith, horizon, 0.45);
    left = dice.chance(0.25) ? 0 : dice.between(1.5, 9);
    right = Canvas.SIDE - (dice.chance(0.25) ? 0 : dice.between(1.5, 9));
  }

  double width() {
    return right - left;
  }

  /** Paints the sky with its clouds. */
  void sky() {
    int seed = dice.texture();
    double cover = dice.between(0.42, 0.62);
    canvas.fill(
        new Box(0, 0, 100, 100),
        FacadeClass.BACKGROUND,
        (x, y, rgb) -> {
          Colour.set(rgb, zenith, 1);
          Colour.blend(rgb, horizon, (float) Math.clamp(y / 55, 0, 1));
          double cloud = Noise.cloudy(x / 26, y / 11, seed);
          Colour.blend(rgb, 0xffffff, (float) Math.clamp((cloud - cover) * 3.2, 0, 0.85));
        });
  }

  /** Paints the houses to the left and right. */
  void neighbours() {
    neighbour(new Box(-4, dice.between(12, 34), left, GROUND));
    neighbour(new Box(right, dice.between(12, 34), 104, GROUND));
  }

  private void neighbour(Box house) {
    boolean built = dice.chance(0.8);
    int wall = Colour.near(dice, dice.of(0x8d8378, 0x7c6a62, 0x9a9488, 0x6f7378), 0.07);
    int seed = dice.texture();
    int roof = Colour.near(dice, 0x5d4f4c, 0.06);
    if (built) {
      canvas.paint(
          new Box(house.left(), house.top() - 4, house.right(), house.top()),
          Materials.tiles(roof, 1.6, 1.8, seed));
      canvas.paint(house, Materials.plaster(wall, seed));
      for (double y = house.top() + 4; y < GROUND - 8; y += 14) {
        canvas.paint(
            new Box(house.left() + 2.4, y, house.right() - 2.4, y + 7), Materials.flat(0x3c4248));
      }
      canvas.paint(house, Materials.shade(0.86));
    } else {
      canvas.paint(
          house,
          (x, y, rgb) -> {
            double leaf = Noise.cloudy(x / 2.2, y / 2.2, seed);
            double crown = house.top() + 14 * Noise.smooth(x / 4, 0, seed);
            if (y > crown + 4 * leaf) {
              Colour.set(rgb, 0x4e6b3a, (float) (0.55 + 0.8 * leaf));
            }
          });
    }
  }

  /** Paints the pavement, the kerb and the road, and the wall's foot in its own shade. */
  void street() {
    int stone = Colour.near(dice, dice.of(0xa8a39b, 0x9a9a9c, 0xb3aa9a), 0.04);
    int seed = dice.texture();
    canvas.fill(
        new Box(0, GROUND, 100, 97.2),
        FacadeClass.BACKGROUND,
        (x, y, rgb) -> {
          double depth = (y - GROUND) / 4.2;
          double slant = 50 + (x - 50) * (1 - depth * 0.12);
          int slab = Noise.floor(slant / 6);
          int row = depth < 0.45 ? 0 : 1;
          double joint = Math.abs(depth - 0.45);
          float tone = 0.92f + 0.13f * Noise.at(slab, row, seed);
          tone -= slant - slab * 6 < 0.25 || joint < 0.05 ? 0.18f : 0;
          Colour.set(rgb, stone, tone + 0.06f * Noise.smooth(x * 2, y * 2, seed));
        });
    canvas.fill(
        new Box(0, 97.2, 100, 98.2),
        FacadeClass.BACKGROUND,
        Materials.stripes(Colour.scale(stone, 1.13), Colour.scale(stone, 1.04), 7, 0));
    canvas.fill(
        new Box(0, 98.2, 100, 100), FacadeClass.BACKGROUND, Materials.grain(0x4b4c50, 0.3, seed));
    Box foot = new Box(left, GROUND, right, GROUND + 2.2);
    canvas.paint(foot, Materials.shadeBelow(foot, 0.55));
  }

  /** A shadow that something throws on what lies below it, of a depth. */
  void shadowBelow(double x0, double x1, double y, double depth) {
    double slant = sunLeft ? depth * 0.45 : -depth * 0.45;
    Box box =
        new Box(Math.min(x0, x0 + slant) + depth * 0.2, y, Math.max(x1, x1 + slant), y + depth);
    Box kept = new Box(Math.max(left, box.left()), y, Math.min(right, box.right()), box.bottom());
    canvas.paint(kept, Materials.shadeBelow(box, 0.52));
  }

  /** The last light over all: the sun's warmth from one side and a darker edge. */
  void light() {
    float warm = (float) warmth * 0.035f;
    canvas.paint(
        new Box(0, 0, 100, 100),
        (x, y, rgb) -> {
          float side = (float) ((sunLeft ? 100 - x : x) / 100);
          float sun = 0.93f + 0.12f * side;
          double dx = (x - 50) / 50;
          double dy = (y - 50) / 50;
          float edge = (float) (1 - 0.07 * (dx * dx + dy * dy) / 2);
          rgb[0] = rgb[0] * sun * edge * (1 + warm);
          rgb[1] = rgb[1] * sun * edge;
          rgb[2] = rgb[2] * sun * edge * (1 - warm * 1.4f);
        });
  }
}
