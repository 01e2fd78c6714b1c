package org.compnn.generate;

import org.compnn.generate.Shape.Box;
import org.compnn.generate.Shape.Polygon;

/** Limestone, tall windows, iron balconies, a zinc mansard with dormers. */
final class Haussmann {
  private final Scene scene;
  private final Canvas canvas;
  private final Dice dice;
  private final Openings openings;
  private final Ornaments ornaments;
  private final int stone;
  private final int trim;
  private final int iron;
  private final int shutter;
  private final Glazing glazing;
  private final double left;
  private final double right;
  private final int bays;
  private final double bay;

  Haussmann(Scene scene) {
    this.scene = scene;
    canvas = scene.canvas;
    dice = scene.dice;
    openings = new Openings(scene);
    ornaments = new Ornaments(scene);
    stone = Colour.near(dice, dice.of(0xdccdb0, 0xd3c3a3, 0xe0d4bd, 0xcfc4b0), 0.04);
    trim = Colour.mix(stone, 0xfff8e8, 0.35);
    iron = dice.of(0x24272b, 0x2c3338, 0x22302c);
    shutter = Colour.near(dice, dice.of(0xb9c0c2, 0x9fb0b4, 0xd9d6cb), 0.04);
    glazing = new Glazing(Colour.near(dice, 0xeeece4, 0.03), 0.6, 2, 3, 0, 0x2c3338, 0xf1ead8, 0.6);
    left = scene.left;
    right = scene.right;
    bays = scene.width() > 88 ? dice.whole(4, 6) : dice.whole(3, 5);
    bay = scene.width() / bays;
  }

  Box build() {
    double roofTop = dice.between(5, 9);
    double top = roofTop + dice.between(11, 15);
    double ground = Scene.GROUND - dice.between(15, 19);
    int floors = dice.whole(3, 4);
    double floor = (ground - top) / floors;
    roof(roofTop, top);
    canvas.fill(
        new Box(left, top, right, Scene.GROUND),
        FacadeClass.FACADE,
        Materials.ashlar(stone, 2.9, 7.5, 0.09, dice.texture()));
    boolean pilasters = dice.chance(0.6);
    boolean noblePediments = dice.chance(0.7);
    boolean shutters = dice.chance(0.55);
    for (int i = 0; i < floors; i++) {
      storey(i, floors, top + i * floor, floor, noblePediments && i == floors - 1, shutters);
    }
    for (int i = 1; i < floors; i++) {
      double y = top + i * floor;
      if (i != 1 && i != floors) {
        ornaments.band(new Box(left, y - 0.5, right, y + 0.4), FacadeClass.CORNICE, trim);
      }
    }
    if (pilasters) {
      for (double x : new double[] {left + 0.5, right - 2.9}) {
        ornaments.pillar(new Box(x, top + 0.5, x + 2.4, ground), trim);
      }
    }
    balconies(top, floor, floors, ground);
    ornaments.cornice(new Box(left - 1, top - 1.6, right + 1, top + 1.2), trim, 1.7);
    Box front = new Box(left, ground, right, Scene.GROUND);
    groundFloor(front);
    return front;
  }

  private void roof(double roofTop, double top) {
    int zinc = Colour.near(dice, dice.of(0x8795a3, 0x6f7c8a, 0x7a8590), 0.04);
    int chimneys = dice.whole(1, 3);
    for (int i = 0; i < chimneys; i++) {
      double x = left + scene.width() * (i + 0.5 + dice.between(-0.25, 0.15)) / chimneys;
      ornaments.chimney(
          x, roofTop - dice.between(0.5, 2), dice.between(3.5, 6), roofTop + 3, 0xa86b52);
    }
    canvas.fill(
        Polygon.of(left - 0.5, top, left + 3.2, roofTop, right - 3.2, roofTop, right + 0.5, top),
        FacadeClass.BACKGROUND,
        Materials.zinc(zinc, 3.1, roofTop, top, dice.texture()));
    canvas.paint(
        new Box(left + 3, roofTop - 0.5, right - 3, roofTop + 0.4),
        Materials.flat(Colour.scale(zinc, 0.75)));
    double width = Math.min(7.5, bay * 0.46);
    for (int i = 0; i < bays; i++) {
      double middle = left + (i + 0.5) * bay;
      Box dormer = new Box(middle - width / 2, roofTop + 3.2, middle + width / 2, top - 1.2);
      canvas.paint(
          new Box(dormer.left() - 1, dormer.top(), dormer.right() + 1.6, dormer.bottom()),
          Materials.shade(0.72));
      canvas.fill(dormer.outset(0.8), FacadeClass.DECO, Materials.flat(Colour.scale(trim, 0.93)));
      canvas.fill(
          Polygon.of(
              dormer.left() - 1.4,
              dormer.top() - 0.7,
              middle,
              dormer.top() - 3,
              dormer.right() + 1.4,
              dormer.top() - 0.7),
          FacadeClass.DECO,
          Materials.flat(Colour.scale(trim, 1.04)));
      openings.window(dormer, glazing.withPanes(2, 2));
    }
  }

  private void storey(
      int index, int floors, double y, double height, boolean pediments, boolean shutters) {
    double width = Math.min(8.5, bay * (shutters ? 0.4 : 0.47));
    for (int i = 0; i < bays; i++) {
      double middle = left + (i + 0.5) * bay;
      boolean french = index == 0 || index == floors - 1;
      Box window =
          new Box(
              middle - width / 2,
              y + height * (index == 0 ? 0.2 : 0.22),
              middle + width / 2,
              y + height * (french ? 0.97 : 0.88));
      ornaments.surround(window, 0.95, trim);
      if (pediments) {
        ornaments.pediment(
            window.left() - 1.6, window.right() + 1.6, window.top() - 0.9, 2.5, trim);
      } else {
        canvas.fill(
            new Box(middle - 0.8, window.top() - 1.5, middle + 0.8, window.top() + 0.1),
            FacadeClass.DECO,
            Materials.flat(Colour.scale(trim, 1.08)));
      }
      openings.window(window, glazing);
      if (!french) {
        openings.sill(window, 1.2, 0.9, trim);
      }
      if (shutters && index > 0) {
        openings.shutters(window, Math.min(2.6, bay * 0.17), shutter);
      } else if (dice.chance(0.08)) {
        openings.blind(window, dice.between(0.3, 0.6), 0xe6dcc6, 1.1);
      }
    }
  }

  private void balconies(double top, double floor, int floors, double ground) {
    double height = Math.min(5, floor * 0.36);
    boolean upperFull = dice.chance(0.75);
    balconyRow(top + floor, height, upperFull);
    balconyRow(ground, height, dice.chance(0.75));
    if (floors > 3 && dice.chance(0.5)) {
      balconyRow(top + 2 * floor, height * 0.75, false);
    }
  }

  private void balconyRow(double foot, double height, boolean full) {
    if (full) {
      ornaments.ironBalcony(
          new Box(left + 0.6, foot - height, right - 0.6, foot + 0.9), iron, trim);
      return;
    }
    for (int i = 0; i < bays; i++) {
      double middle = left + (i + 0.5) * bay;
      double half = Math.min(5.8, bay * 0.36);
      ornaments.ironBalcony(
          new Box(middle - half, foot - height, middle + half, foot + 0.9), iron, trim);
    }
  }

  private void groundFloor(Box front) {
    canvas.fill(
        front,
        FacadeClass.FACADE,
        Materials.ashlar(Colour.scale(stone, 0.95), 2.6, 8.5, 0.34, dice.texture()));
    int doorBay = dice.whole(0, bays - 1);
    boolean shops = dice.chance(0.7);
    int wood = Colour.near(dice, dice.of(0x23483a, 0x6b2427, 0x22395c, 0x3b3a38, 0x8a6a3a), 0.04);
    boolean awnings = dice.chance(0.4);
    double top = front.top() + 1.8;
    for (int i = 0; i < bays; i++) {
      double x0 = left + i * bay;
      double middle = x0 + bay / 2;
      if (i == doorBay) {
        double half = Math.min(4.6, bay * 0.32);
        Box hole = new Box(middle - half, top + 1.2, middle + half, front.bottom());
        canvas.fill(
            new Shape.Arch(
                hole.left() - 1, hole.top() - 1, hole.right() + 1, hole.bottom(), half * 0.9),
            FacadeClass.MOLDING,
            Materials.flat(Colour.scale(trim, 1.05)));
        openings.door(hole, half * 0.8, dice.of(0x2f4a3c, 0x5a2e22, 0x25364e, 0x6d4b2c), true);
        ornaments.rosette(middle, hole.top() - 0.2, 1.1, trim);
      } else if (shops) {
        openings.shop(new Box(x0 + 1, top, x0 + bay - 1, front.bottom()), wood, awnings);
      } else {
        double half = Math.min(4.2, bay * 0.27);
        Box window = new Box(middle - half, top + 2, middle + half, front.bottom() - 4);
        ornaments.surround(window, 0.8, trim);
        openings.window(window, glazing.withPanes(2, 2));
        openings.sill(window, 0.8, 0.9, trim);
      }
    }
    ornaments.cornice(new Box(left, front.top() + 0.4, right, front.top() + 1.9), trim, 2.4);
  }
}
