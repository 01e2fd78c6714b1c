package org.compnn.generate;

import org.compnn.generate.Shape.Box;

/** A flat-roofed block: large panes, glass balconies, coloured panels, pilotis. */
final class Modern {
  private final Scene scene;
  private final Canvas canvas;
  private final Dice dice;
  private final Openings openings;
  private final Ornaments ornaments;
  private final int wall;
  private final int accent;
  private final Glazing glazing;
  private final double left;
  private final double right;
  private final int bays;
  private final double bay;

  Modern(Scene scene) {
    this.scene = scene;
    canvas = scene.canvas;
    dice = scene.dice;
    openings = new Openings(scene);
    ornaments = new Ornaments(scene);
    wall = Colour.near(dice, dice.of(0xe9ebec, 0xd3d6d8, 0xb9bdc0, 0xdfe3e0), 0.03);
    accent =
        Colour.near(
            dice, dice.of(0xd9822b, 0x2f8f8b, 0xc9b23a, 0x3f79b5, 0xb34a3c, 0x6c9a3f), 0.04);
    glazing =
        new Glazing(dice.of(0x2f353b, 0x3e454b, 0x23282d), 0.5, 2, 1, 0, 0x1f2d38, 0xdfe3e2, 0.45);
    left = scene.left;
    right = scene.right;
    bays = dice.whole(3, 5);
    bay = scene.width() / bays;
  }

  Box build() {
    boolean penthouse = dice.chance(0.5);
    double top = penthouse ? dice.between(16, 20) : dice.between(7, 12);
    double ground = Scene.GROUND - dice.between(12, 15);
    int floors = penthouse ? 4 : dice.whole(4, 5);
    double floor = (ground - top) / floors;
    if (penthouse) {
      penthouse(top);
    } else {
      mast(top);
    }
    canvas.fill(
        new Box(left, top, right, Scene.GROUND),
        FacadeClass.FACADE,
        Materials.panels(wall, bay / 2, floor / 2, dice.texture()));
    boolean ribbon = dice.chance(0.35);
    int balconyEvery = dice.whole(2, 3);
    int offset = dice.whole(0, 2);
    int panelPattern = dice.whole(0, 2);
    for (int i = 0; i < floors; i++) {
      double y = top + i * floor;
      if (ribbon) {
        ribbon(y, floor, i);
      } else {
        storey(y, floor, i, balconyEvery, offset, panelPattern);
      }
    }
    Box coping = new Box(left - 0.6, top - 1, right + 0.6, top + 0.9);
    ornaments.band(coping, FacadeClass.CORNICE, Colour.scale(wall, 0.86));
    Box front = new Box(left, ground, right, Scene.GROUND);
    groundFloor(front);
    return front;
  }

  private void penthouse(double top) {
    double x0 = left + scene.width() * dice.between(0.1, 0.3);
    double x1 = right - scene.width() * dice.between(0.1, 0.3);
    Box house = new Box(x0, top - 9, x1, top);
    canvas.fill(
        house,
        FacadeClass.FACADE,
        Materials.panels(Colour.scale(wall, 0.9), 5, 20, dice.texture()));
    openings.window(
        new Box(x0 + 1.5, top - 7, x1 - 1.5, top - 0.5),
        glazing.withPanes(Math.max(3, (int) ((x1 - x0) / 7)), 1));
    ornaments.band(
        new Box(x0 - 2, top - 10.4, x1 + 2, top - 8.8),
        FacadeClass.CORNICE,
        Colour.scale(wall, 0.95));
    canvas.fill(
        new Box(left + 1, top - 3.2, right - 1, top - 0.8),
        FacadeClass.BALCONY,
        (x, y, rgb) -> {
          Colour.blend(rgb, 0xb8d2d8, 0.5f);
          if (y < top - 2.8) {
            Colour.set(rgb, 0xe2e6e8, 1);
          }
        });
  }

  private void mast(double top) {
    double x = left + scene.width() * dice.between(0.2, 0.8);
    canvas.paint(new Box(x, top - 7, x + 0.4, top), Materials.flat(0x70767c));
    for (int i = 0; i < 3; i++) {
      canvas.paint(
          new Box(x - 1.6 + i * 0.3, top - 6.4 + i, x + 2 - i * 0.3, top - 6.1 + i),
          Materials.flat(0x70767c));
    }
    double box = left + scene.width() * dice.between(0.1, 0.7);
    canvas.paint(
        new Box(box, top - 3.4, box + 9, top), Materials.panels(0x9fa5aa, 1, 9, dice.texture()));
  }

  private void ribbon(double y, double height, int index) {
    Box band = new Box(left + 1.5, y + height * 0.24, right - 1.5, y + height * 0.8);
    openings.window(band, glazing.withPanes(bays * 2, 1));
    for (int i = 0; i < bays * 2; i++) {
      double width = band.width() / (bays * 2);
      Box pane =
          new Box(
              band.left() + i * width, band.top(), band.left() + (i + 1) * width, band.bottom());
      if (dice.chance(0.22)) {
        openings.blind(pane, dice.between(0.3, 0.9), 0xd9dcdd, 0.9);
      }
    }
    Box panel = new Box(band.left(), band.bottom() + 0.3, band.right(), y + height - 0.6);
    if (index % 2 == 0) {
      canvas.fill(panel, FacadeClass.DECO, Materials.panels(accent, bay / 2, 40, dice.texture()));
    }
    openings.sill(band, 0.2, 0.6, 0xb9bfc3);
  }

  private void storey(
      double y, double height, int index, int balconyEvery, int offset, int pattern) {
    for (int i = 0; i < bays; i++) {
      double x0 = left + i * bay;
      boolean balcony = (i + offset) % balconyEvery == 0;
      double from = x0 + bay * (balcony ? 0.1 : 0.16);
      double to = x0 + bay * (balcony ? 0.9 : 0.66);
      Box window = new Box(from, y + height * 0.2, to, y + height * (balcony ? 0.97 : 0.78));
      if (!balcony) {
        boolean right = pattern == 0 || (pattern == 1 && index % 2 == 0);
        double shift = right ? 0 : bay * 0.18;
        window = new Box(from + shift, window.top(), to + shift, window.bottom());
        Box panel =
            right
                ? new Box(window.right() + 0.3, window.top(), x0 + bay * 0.88, window.bottom())
                : new Box(x0 + bay * 0.12, window.top(), window.left() - 0.3, window.bottom());
        canvas.fill(panel, FacadeClass.DECO, Materials.boards(accent, 1.6, dice.texture()));
        canvas.paint(
            new Box(panel.left(), panel.top(), panel.right(), panel.top() + 0.6),
            Materials.shade(0.75));
      }
      openings.window(window, glazing.withPanes(balcony ? 3 : 2, 1));
      if (dice.chance(0.3)) {
        openings.blind(window, dice.between(0.25, 0.75), dice.of(0xd9dcdd, 0xc4c9cc), 0.9);
      }
      if (balcony) {
        ornaments.glassBalcony(
            new Box(x0 + bay * 0.05, y + height * 0.62, x0 + bay * 0.95, y + height + 0.7),
            0xa9c6cf,
            Colour.scale(wall, 0.95));
      } else {
        openings.sill(window, 0.3, 0.6, 0xb9bfc3);
      }
    }
  }

  private void groundFloor(Box front) {
    canvas.fill(front, FacadeClass.SHOP, Materials.flat(0x30373d));
    Box glass = new Box(left + 1, front.top() + 2.6, right - 1, front.bottom() - 0.8);
    int inside = Colour.near(dice, dice.of(0xb49a72, 0x7e8f98, 0xa68b6b), 0.05);
    canvas.paint(
        glass, Materials.glass(glass, scene.reflection, inside, 0xffffff, 0, dice.texture()));
    for (double x = glass.left(); x < glass.right(); x += 4.2) {
      canvas.paint(new Box(x, glass.top(), x + 0.4, glass.bottom()), Materials.flat(0x2a3035));
      if (dice.chance(0.35)) {
        double lamp = x + 2;
        canvas.paint(
            new Shape.Disc(lamp - 0.5, glass.top() + 0.7, lamp + 0.5, glass.top() + 1.5),
            Materials.flat(0xffe9b0));
      }
    }
    Box below = new Box(left, front.top() + 1.4, right, front.top() + 5);
    canvas.paint(below, Materials.shadeBelow(below, 0.45));
    int doorBay = dice.whole(0, bays - 1);
    double middle = left + (doorBay + 0.5) * bay;
    Box door = new Box(middle - 3.4, front.top() + 3, middle + 3.4, front.bottom());
    canvas.fill(door, FacadeClass.DOOR, Materials.flat(Colour.scale(accent, 0.8)));
    for (int leaf = 0; leaf < 2; leaf++) {
      Box pane =
          new Box(
              door.left() + 0.6 + leaf * 3.1,
              door.top() + 0.7,
              door.left() + 3.1 + leaf * 3.1,
              door.bottom() - 0.6);
      canvas.paint(
          pane, Materials.glass(pane, scene.reflection, 0x24303a, 0xffffff, 0, dice.texture()));
    }
    canvas.paint(
        new Box(middle - 0.9, door.top() + 3.4, middle - 0.5, door.top() + 6.2),
        Materials.flat(0xe2e6e8));
    for (int i = 0; i <= bays; i++) {
      double x = Math.clamp(left + i * bay, left + 1.1, right - 1.1);
      ornaments.pillar(
          new Box(x - 1, front.top() + 1.4, x + 1, front.bottom()), Colour.scale(wall, 0.92));
    }
    ornaments.band(
        new Box(left, front.top() - 0.2, right, front.top() + 1.8),
        FacadeClass.MOLDING,
        Colour.mix(wall, accent, 0.12));
  }
}
