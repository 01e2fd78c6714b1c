package org.compnn.generate;

import org.compnn.generate.Shape.Arch;
import org.compnn.generate.Shape.Box;
import org.compnn.generate.Shape.Disc;

/** Windows, doors, shops and what hangs before them. */
final class Openings {
  private final Scene scene;
  private final Canvas canvas;
  private final Dice dice;

  Openings(Scene scene) {
    this.scene = scene;
    canvas = scene.canvas;
    dice = scene.dice;
  }

  /** A window in a hole of the wall. */
  void window(Box hole, Glazing glazing) {
    pane(hole, glazing, FacadeClass.WINDOW);
    recess(hole);
  }

  private void pane(Box hole, Glazing glazing, FacadeClass as) {
    Shape outline = outline(hole, glazing.rise());
    canvas.fill(outline, as, Materials.grain(glazing.frame(), 0.08, dice.texture()));
    double t = glazing.thickness();
    Box inner = hole.inset(t);
    Shape opening = outline(inner, Math.max(0, glazing.rise() - t * 0.5));
    double curtain = dice.chance(glazing.curtained()) ? dice.between(0.14, 0.34) : 0;
    boolean lit = dice.chance(0.05);
    int room = lit ? 0xe9b566 : Colour.near(dice, glazing.room(), 0.05);
    canvas.paint(
        opening,
        Materials.glass(inner, scene.reflection, room, glazing.cloth(), curtain, dice.texture()));
    Material bar = Materials.flat(Colour.scale(glazing.frame(), 0.97));
    double thin = Math.max(0.32, t * 0.62);
    for (int i = 1; i < glazing.columns(); i++) {
      double x = inner.left() + inner.width() * i / glazing.columns();
      double top = inner.top() + (glazing.rise() > 0 ? glazing.rise() * 0.25 : 0);
      canvas.paint(new Box(x - thin / 2, top, x + thin / 2, inner.bottom()), bar);
    }
    for (int i = 1; i < glazing.rows(); i++) {
      double y = inner.top() + inner.height() * i / glazing.rows();
      canvas.paint(new Box(inner.left(), y - thin / 2, inner.right(), y + thin / 2), bar);
    }
  }

  private static Shape outline(Box box, double rise) {
    return rise > 0 ? new Arch(box.left(), box.top(), box.right(), box.bottom(), rise) : box;
  }

  private void recess(Box hole) {
    double depth = Math.min(1.3, hole.height() * 0.14);
    Box top = new Box(hole.left(), hole.top(), hole.right(), hole.top() + depth);
    canvas.paint(top, Materials.shadeBelow(top, 0.45));
    double side = Math.min(0.8, hole.width() * 0.12);
    Box beside =
        scene.sunLeft
            ? new Box(hole.left(), hole.top(), hole.left() + side, hole.bottom())
            : new Box(hole.right() - side, hole.top(), hole.right(), hole.bottom());
    canvas.paint(beside, Materials.shade(0.72));
  }

  /** A ledge under a window. */
  void sill(Box window, double beyond, double height, int colour) {
    Box ledge =
        new Box(
            window.left() - beyond,
            window.bottom(),
            window.right() + beyond,
            window.bottom() + height);
    scene.shadowBelow(ledge.left(), ledge.right(), ledge.bottom(), height * 1.4);
    canvas.fill(
        ledge,
        FacadeClass.SILL,
        Materials.fade(
            Colour.scale(colour, 1.1), Colour.scale(colour, 0.86), ledge.top(), ledge.bottom()));
  }

  /** A box of flowers on a ledge; of the ledge's class. */
  void flowers(Box window, int bloom) {
    int seed = dice.texture();
    Box box =
        new Box(
            window.left() + 0.2, window.bottom() - 1.7, window.right() - 0.2, window.bottom() + 1);
    canvas.fill(
        box,
        FacadeClass.SILL,
        (x, y, rgb) -> {
          float leaf = Noise.smooth(x * 1.9, y * 1.9, seed);
          Colour.set(rgb, 0x3f6a33, 0.6f + 0.7f * leaf);
          if (Noise.smooth(x * 1.5, y * 1.5, seed + 5) > 0.56f) {
            Colour.set(rgb, bloom, 0.8f + 0.35f * leaf);
          }
          if (y > box.bottom() - 0.9) {
            Colour.set(rgb, 0x6b4a34, 1);
          }
        });
  }

  /** Two shutters folded back on the wall. */
  void shutters(Box window, double width, int colour) {
    for (int side = 0; side < 2; side++) {
      double x = side == 0 ? window.left() - width - 0.15 : window.right() + 0.15;
      Box leaf = new Box(x, window.top() + 0.2, x + width, window.bottom() - 0.1);
      canvas.paint(
          new Box(leaf.left(), leaf.bottom(), leaf.right(), leaf.bottom() + 0.5),
          Materials.shade(0.7));
      canvas.fill(leaf, FacadeClass.BLIND, Materials.flat(Colour.scale(colour, 0.85)));
      canvas.paint(leaf.inset(Math.min(0.35, width * 0.15)), Materials.slats(colour, 1.05));
      Box middle =
          new Box(
              leaf.left(),
              (leaf.top() + leaf.bottom()) / 2 - 0.25,
              leaf.right(),
              (leaf.top() + leaf.bottom()) / 2 + 0.25);
      canvas.paint(middle, Materials.flat(Colour.scale(colour, 0.9)));
    }
  }

  /** A blind let down over the upper part of a window. */
  void blind(Box window, double share, int colour, double pitch) {
    Box cloth =
        new Box(
            window.left() + 0.3,
            window.top() + 0.3,
            window.right() - 0.3,
            window.top() + window.height() * share);
    canvas.fill(cloth, FacadeClass.BLIND, Materials.slats(colour, pitch));
    Box top =
        new Box(
            cloth.left(),
            cloth.top(),
            cloth.right(),
            cloth.top() + Math.min(1, cloth.height() / 2));
    canvas.paint(top, Materials.shadeBelow(top, 0.6));
    Box hem = new Box(cloth.left(), cloth.bottom() - 0.35, cloth.right(), cloth.bottom());
    canvas.paint(hem, Materials.flat(Colour.scale(colour, 0.8)));
  }

  /** A wooden door with panels and a light above. */
  void door(Box hole, double rise, int colour, boolean twoLeaves) {
    Shape outline = outline(hole, rise);
    canvas.fill(outline, FacadeClass.DOOR, Materials.flat(Colour.scale(colour, 0.7)));
    double head = hole.top() + Math.max(rise, hole.height() * 0.2);
    Box light = new Box(hole.left() + 0.7, hole.top() + 0.6, hole.right() - 0.7, head - 0.3);
    canvas.paint(
        outline(light, Math.min(rise * 0.85, light.height() * 0.95)),
        Materials.glass(light, scene.reflection, 0x3a3f45, colour, 0, dice.texture()));
    Box leaves = new Box(hole.left() + 0.5, head, hole.right() - 0.5, hole.bottom());
    canvas.paint(leaves, Materials.boards(colour, 2.4, dice.texture()));
    int count = twoLeaves ? 2 : 1;
    double width = leaves.width() / count;
    for (int leaf = 0; leaf < count; leaf++) {
      for (int row = 0; row < 2; row++) {
        double from = leaves.top() + leaves.height() * (row == 0 ? 0.08 : 0.58);
        double to = leaves.top() + leaves.height() * (row == 0 ? 0.5 : 0.92);
        double x = leaves.left() + leaf * width;
        Box panel = new Box(x + width * 0.2, from, x + width * 0.8, to);
        canvas.paint(panel, Materials.flat(Colour.scale(colour, 0.72)));
        canvas.paint(
            new Box(panel.left() + 0.3, panel.top() + 0.4, panel.right(), panel.bottom()),
            Materials.fade(
                Colour.scale(colour, 1.18),
                Colour.scale(colour, 0.98),
                panel.top(),
                panel.bottom()));
      }
    }
    double knob = twoLeaves ? leaves.middle() + 0.7 : leaves.right() - 1.1;
    double y = leaves.top() + leaves.height() * 0.54;
    canvas.paint(new Disc(knob - 0.4, y - 0.4, knob + 0.4, y + 0.4), Materials.flat(0xd9b45c));
    recess(hole);
  }

  /**
   * A shop: a sign, a display window, a glazed door, a base.
   *
   * @param wood colour of the shop front
   * @param awning whether a plain awning is let down
   */
  void shop(Box front, int wood, boolean awning) {
    canvas.fill(front, FacadeClass.SHOP, Materials.grain(wood, 0.1, dice.texture()));
    double sign = Math.min(3.6, front.height() * 0.22);
    double base = front.bottom() - 1.9;
    Box glass = new Box(front.left() + 0.8, front.top() + sign + 0.5, front.right() - 0.8, base);
    int display = Colour.near(dice, dice.of(0xcaa56a, 0x9aa9a4, 0xb98f73, 0x7d93a3), 0.06);
    canvas.paint(
        glass, Materials.glass(glass, scene.reflection, display, 0xe8dcc4, 0, dice.texture()));
    goods(glass);
    int bars = Math.max(1, (int) (glass.width() / 6.5));
    for (int i = 0; i <= bars; i++) {
      double x = glass.left() + glass.width() * i / bars;
      canvas.paint(
          new Box(x - 0.3, glass.top(), x + 0.3, glass.bottom()),
          Materials.flat(Colour.scale(wood, 0.92)));
    }
    lettering(
        new Box(front.left() + 0.6, front.top() + 0.5, front.right() - 0.6, front.top() + sign),
        wood);
    Box below = new Box(glass.left(), glass.top(), glass.right(), glass.top() + 1.6);
    canvas.paint(below, Materials.shadeBelow(below, 0.5));
    if (awning) {
      awning(
          new Box(
              front.left() - 0.4, front.top() + sign, front.right() + 0.4, front.top() + sign + 4),
          Colour.mix(wood, 0xffffff, 0.25));
    }
  }

  private void goods(Box glass) {
    double y = glass.bottom() - 0.1;
    double x = glass.left() + 0.8;
    while (x < glass.right() - 2) {
      double width = dice.between(0.9, 2);
      double height = dice.between(0.9, glass.height() * 0.42);
      int colour =
          Colour.near(dice, dice.of(0xb5483f, 0xd8a13d, 0x4d7f8f, 0x6b8f56, 0x8d5a8a), 0.1);
      canvas.paint(
          new Box(x, y - height, x + width, y),
          Materials.fade(colour, Colour.scale(colour, 0.7), y - height, y));
      x += width + dice.between(0.3, 1.2);
    }
  }

  private void lettering(Box board, int wood) {
    int ground = Colour.scale(wood, 0.78);
    canvas.paint(
        board, Materials.fade(Colour.scale(ground, 1.12), ground, board.top(), board.bottom()));
    int ink = Colour.mix(dice.of(0xf3e6c2, 0xffffff, 0xe8c15a), wood, 0.08);
    double height = board.height() * 0.5;
    double y = board.top() + board.height() * 0.25;
    double length = Math.min(board.width() * 0.62, 15);
    double x = board.middle() - length / 2;
    while (x < board.middle() + length / 2 - 0.8) {
      double width = dice.between(0.55, 1.15);
      if (dice.chance(0.86)) {
        canvas.paint(new Box(x, y, x + 0.36, y + height), Materials.flat(ink));
        double bar = y + height * dice.of(0, 1, 2) * 0.42;
        canvas.paint(new Box(x, bar, x + width, bar + 0.3), Materials.flat(ink));
        if (dice.chance(0.5)) {
          canvas.paint(new Box(x + width - 0.3, y, x + width, y + height), Materials.flat(ink));
        }
      }
      x += width + 0.45;
    }
  }

  private void awning(Box cloth, int colour) {
    scene.shadowBelow(cloth.left(), cloth.right(), cloth.bottom(), 2.4);
    canvas.fill(
        cloth,
        FacadeClass.SHOP,
        Materials.fade(
            Colour.scale(colour, 1.08), Colour.scale(colour, 0.8), cloth.top(), cloth.bottom()));
    canvas.paint(
        new Box(cloth.left(), cloth.bottom() - 0.9, cloth.right(), cloth.bottom()),
        Materials.flat(Colour.scale(colour, 0.68)));
  }

  /** The awning that only planted exemplars have: broad violet and saffron stripes, scalloped. */
  void rareAwning(Box cloth) {
    scene.shadowBelow(cloth.left(), cloth.right(), cloth.bottom(), 3);
    Material stripes = Materials.stripes(0x7b2d8e, 0xf4b400, 3, cloth.left());
    canvas.fill(
        new Box(cloth.left(), cloth.top(), cloth.right(), cloth.bottom() - 1.5),
        FacadeClass.BLIND,
        stripes);
    for (double x = cloth.left(); x < cloth.right() - 1.5; x += 3) {
      canvas.fill(
          new Disc(x, cloth.bottom() - 3, x + 3, cloth.bottom()), FacadeClass.BLIND, stripes);
    }
    Box top = new Box(cloth.left(), cloth.top(), cloth.right(), cloth.top() + 1.2);
    canvas.paint(top, Materials.glow(0xffffff, 0.25));
  }
}
