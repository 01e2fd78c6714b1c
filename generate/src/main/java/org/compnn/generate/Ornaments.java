package org.compnn.generate;

import org.compnn.generate.Shape.Box;
import org.compnn.generate.Shape.Disc;
import org.compnn.generate.Shape.Polygon;

/** Cornices, balconies, pillars, mouldings, chimneys. */
final class Ornaments {
  private final Scene scene;
  private final Canvas canvas;
  private final Dice dice;

  Ornaments(Scene scene) {
    this.scene = scene;
    canvas = scene.canvas;
    dice = scene.dice;
  }

  /** A level band that stands out of the wall and throws a shadow. */
  void band(Box band, FacadeClass as, int colour) {
    scene.shadowBelow(band.left(), band.right(), band.bottom(), band.height() * 1.1 + 0.5);
    canvas.fill(
        band,
        as,
        Materials.fade(
            Colour.scale(colour, 1.12), Colour.scale(colour, 0.8), band.top(), band.bottom()));
    double lip = band.height() * 0.3;
    canvas.paint(
        new Box(band.left(), band.top(), band.right(), band.top() + lip),
        Materials.grain(Colour.scale(colour, 1.14), 0.06, dice.texture()));
  }

  /** A cornice with dentils or brackets under its lip. */
  void cornice(Box band, int colour, double pitch) {
    band(band, FacadeClass.CORNICE, colour);
    double top = band.top() + band.height() * 0.42;
    for (double x = band.left() + pitch / 4; x + pitch / 2 < band.right(); x += pitch) {
      Box tooth = new Box(x, top, x + pitch / 2, band.bottom() - band.height() * 0.08);
      canvas.paint(tooth, Materials.flat(Colour.scale(colour, 1.08)));
      canvas.paint(
          new Box(x + pitch / 2, top, x + pitch * 0.7, tooth.bottom()), Materials.shade(0.66));
    }
  }

  /** A balcony with an iron railing on a stone slab. */
  void ironBalcony(Box box, int iron, int stone) {
    double slab = Math.min(1.1, box.height() * 0.24);
    double y = box.bottom() - slab;
    scene.shadowBelow(box.left(), box.right(), box.bottom(), 2.6);
    canvas.fill(
        new Box(box.left(), box.top(), box.right(), y),
        FacadeClass.BALCONY,
        (x, yy, rgb) -> Colour.blend(rgb, Colour.scale(iron, 1.2), 0.42f));
    for (double x = box.left() + 0.2; x < box.right(); x += 1.1) {
      canvas.paint(new Box(x, box.top(), x + 0.36, y), Materials.flat(iron));
    }
    for (double x = box.left() + 0.55; x + 1.4 < box.right(); x += 2.2) {
      double middle = (box.top() + y) / 2;
      canvas.paint(new Disc(x, middle - 0.7, x + 1.4, middle + 0.7), Materials.flat(iron));
    }
    canvas.paint(
        new Box(box.left(), box.top(), box.right(), box.top() + 0.5), Materials.flat(iron));
    Box floor = new Box(box.left(), y, box.right(), box.bottom());
    canvas.fill(
        floor,
        FacadeClass.BALCONY,
        Materials.fade(Colour.scale(stone, 1.08), Colour.scale(stone, 0.72), y, box.bottom()));
  }

  /** A balcony with a glass parapet on a concrete slab. */
  void glassBalcony(Box box, int tint, int slabColour) {
    double slab = 1.3;
    double y = box.bottom() - slab;
    scene.shadowBelow(box.left(), box.right(), box.bottom(), 4.2);
    double phase = dice.between(0, 9);
    canvas.fill(
        new Box(box.left(), box.top(), box.right(), y),
        FacadeClass.BALCONY,
        (x, yy, rgb) -> {
          Colour.blend(rgb, tint, 0.62f);
          double slant = (x + yy * 0.7 + phase) / 7;
          if (slant - Noise.floor(slant) < 0.22) {
            Colour.blend(rgb, 0xffffff, 0.2f);
          }
        });
    for (double x = box.left(); x < box.right(); x += Math.max(3, box.width() / 4)) {
      canvas.paint(new Box(x, box.top(), x + 0.35, y), Materials.flat(0x5c6268));
    }
    canvas.paint(
        new Box(box.left(), box.top() - 0.1, box.right(), box.top() + 0.45),
        Materials.flat(0xd9dee2));
    canvas.fill(
        new Box(box.left() - 0.3, y, box.right() + 0.3, box.bottom()),
        FacadeClass.BALCONY,
        Materials.fade(
            Colour.scale(slabColour, 1.08), Colour.scale(slabColour, 0.78), y, box.bottom()));
  }

  /** A flat pillar with base and capital. */
  void pillar(Box box, int colour) {
    int seed = dice.texture();
    canvas.paint(
        scene.sunLeft
            ? new Box(box.right(), box.top(), box.right() + 0.6, box.bottom())
            : new Box(box.left() - 0.6, box.top(), box.left(), box.bottom()),
        Materials.shade(0.72));
    canvas.fill(
        box,
        FacadeClass.PILLAR,
        (x, y, rgb) -> {
          float u = (float) ((x - box.left()) / box.width());
          float round = scene.sunLeft ? 1.12f - 0.3f * u : 0.82f + 0.3f * u;
          Colour.set(rgb, colour, round * (0.97f + 0.06f * Noise.smooth(x * 2, y * 2, seed)));
        });
    double cap = Math.min(1.3, box.height() * 0.08);
    for (Box end :
        new Box[] {
          new Box(box.left() - 0.35, box.top(), box.right() + 0.35, box.top() + cap),
          new Box(box.left() - 0.35, box.bottom() - cap, box.right() + 0.35, box.bottom())
        }) {
      canvas.fill(
          end,
          FacadeClass.PILLAR,
          Materials.fade(
              Colour.scale(colour, 1.16), Colour.scale(colour, 0.84), end.top(), end.bottom()));
    }
  }

  /** The moulded surround of an opening, without its foot. */
  void surround(Box hole, double width, int colour) {
    Box outer =
        new Box(hole.left() - width, hole.top() - width, hole.right() + width, hole.bottom());
    canvas.paint(
        new Box(outer.left(), outer.bottom(), outer.right(), outer.bottom() + 0.4),
        Materials.shade(0.75));
    canvas.fill(
        outer,
        FacadeClass.MOLDING,
        Materials.grain(Colour.scale(colour, 1.07), 0.07, dice.texture()));
    canvas.paint(
        new Box(outer.left(), outer.top(), outer.right(), outer.top() + 0.3),
        Materials.glow(0xffffff, 0.22));
  }

  /** A triangular pediment over an opening. */
  void pediment(double x0, double x1, double base, double height, int colour) {
    scene.shadowBelow(x0, x1, base, 1);
    Shape outer = Polygon.of(x0, base, (x0 + x1) / 2, base - height, x1, base);
    canvas.fill(outer, FacadeClass.DECO, Materials.flat(Colour.scale(colour, 1.12)));
    double in = (x1 - x0) * 0.16;
    canvas.paint(
        Polygon.of(
            x0 + in, base - 0.4, (x0 + x1) / 2, base - height + height * 0.34, x1 - in, base - 0.4),
        Materials.flat(Colour.scale(colour, 0.84)));
  }

  /** A round ornament: a rosette, a clock, a bull's eye. */
  void rosette(double x, double y, double radius, int colour) {
    canvas.fill(
        new Disc(x - radius, y - radius, x + radius, y + radius),
        FacadeClass.DECO,
        Materials.flat(Colour.scale(colour, 1.08)));
    double r = radius * 0.66;
    canvas.paint(new Disc(x - r, y - r, x + r, y + r), Materials.flat(Colour.scale(colour, 0.74)));
    r = radius * 0.3;
    canvas.paint(new Disc(x - r, y - r, x + r, y + r), Materials.flat(Colour.scale(colour, 1.15)));
  }

  /** A chimney stack with its pots; background, as the roof is. */
  void chimney(double x, double top, double width, double bottom, int colour) {
    int seed = dice.texture();
    Box stack = new Box(x, top, x + width, bottom);
    canvas.fill(stack, FacadeClass.BACKGROUND, Materials.bricks(colour, 0xb8aa9c, 1.2, 2.6, seed));
    canvas.paint(
        scene.sunLeft
            ? new Box(stack.middle(), top, stack.right(), bottom)
            : new Box(stack.left(), top, stack.middle(), bottom),
        Materials.shade(0.78));
    canvas.fill(
        new Box(x - 0.4, top - 0.7, x + width + 0.4, top + 0.3),
        FacadeClass.BACKGROUND,
        Materials.flat(Colour.scale(colour, 0.8)));
    for (double pot = x + 0.2; pot + 1 <= x + width; pot += 1.6) {
      canvas.fill(
          new Box(pot, top - 2.4, pot + 1, top - 0.7),
          FacadeClass.BACKGROUND,
          Materials.fade(0xc27a52, 0x8a4f36, top - 2.4, top - 0.7));
    }
  }
}
