package org.compnn.generate;

import java.util.ArrayList;
import java.util.List;
import org.compnn.generate.Shape.Arch;
import org.compnn.generate.Shape.Box;
import org.compnn.generate.Shape.Polygon;

/** Brick, sash windows under stone lintels, a bracketed cornice or a stepped gable. */
final class Brick {
  private final Scene scene;
  private final Canvas canvas;
  private final Dice dice;
  private final Openings openings;
  private final Ornaments ornaments;
  private final int brick;
  private final int mortar;
  private final int stone;
  private final Glazing glazing;
  private final boolean arched;
  private final double left;
  private final double right;
  private final int bays;
  private final double bay;

  Brick(Scene scene) {
    this.scene = scene;
    canvas = scene.canvas;
    dice = scene.dice;
    openings = new Openings(scene);
    ornaments = new Ornaments(scene);
    brick = Colour.near(dice, dice.of(0xa3503c, 0x8f4335, 0xb2644a, 0x7d3d34), 0.04);
    mortar = Colour.mix(brick, dice.of(0xcfc4b4, 0xa89a8c), 0.62);
    stone = Colour.near(dice, dice.of(0xd9cdb4, 0xe3ddcf, 0xc9bda6), 0.03);
    arched = dice.chance(0.45);
    glazing =
        new Glazing(
            Colour.near(dice, dice.of(0xf2efe8, 0xf2efe8, 0x2e3b36), 0.03),
            0.62,
            dice.whole(2, 3),
            4,
            0,
            0x262c33,
            0xece7da,
            0.5);
    left = scene.left;
    right = scene.right;
    bays = scene.width() > 88 ? dice.whole(4, 5) : dice.whole(3, 4);
    bay = scene.width() / bays;
  }

  Box build() {
    boolean gable = dice.chance(0.4);
    double top = gable ? dice.between(24, 29) : dice.between(12, 18);
    double ground = Scene.GROUND - dice.between(18, 21);
    int floors = gable ? 2 : 3;
    double floor = (ground - top) / floors;
    Material wall = Materials.bricks(brick, mortar, 1.45, 3.8, dice.texture());
    if (gable) {
      gable(top, wall);
    } else {
      ornaments.chimney(
          left + scene.width() * dice.between(0.06, 0.2), top - 8, 5.5, top, 0x8f4f40);
      ornaments.chimney(
          left + scene.width() * dice.between(0.75, 0.88), top - 7, 5.5, top, 0x8f4f40);
    }
    canvas.fill(new Box(left, top, right, Scene.GROUND), FacadeClass.FACADE, wall);
    boolean quoins = dice.chance(0.5);
    if (quoins) {
      quoins(top, ground);
    }
    boolean stairs = !gable && dice.chance(0.35);
    for (int i = 0; i < floors; i++) {
      storey(top + i * floor + (gable ? 0 : 1.4), floor - (gable ? 0 : 0.4));
      if (i > 0) {
        double y = top + i * floor;
        ornaments.band(new Box(left, y - 0.1, right, y + 0.9), FacadeClass.MOLDING, stone);
      }
    }
    if (stairs) {
      fireEscape(top, floor, floors);
    }
    if (!gable) {
      ornaments.cornice(
          new Box(left - 1.2, top - 2.8, right + 1.2, top + 1.4),
          Colour.near(dice, dice.of(0x5b4334, 0x3f4f48, 0xcabfa8, 0x6a6f72), 0.03),
          3);
    }
    Box front = new Box(left, ground, right, Scene.GROUND);
    groundFloor(front);
    return front;
  }

  /** Steps of brick capped with stone, a round window in the middle. */
  private void gable(double base, Material wall) {
    int steps = dice.whole(4, 5);
    double peak = dice.between(5, 8);
    double rise = (base - peak) / steps;
    double run = scene.width() * 0.41 / steps;
    List<Double> corners = new ArrayList<>(List.of(left, base));
    for (int i = 0; i < steps; i++) {
      corners.addAll(List.of(left + i * run, base - (i + 1) * rise));
      corners.addAll(List.of(left + (i + 1) * run, base - (i + 1) * rise));
    }
    for (int i = steps; i-- > 0; ) {
      corners.addAll(List.of(right - (i + 1) * run, base - (i + 1) * rise));
      corners.addAll(List.of(right - i * run, base - (i + 1) * rise));
    }
    corners.addAll(List.of(right, base));
    canvas.fill(
        Polygon.of(corners.stream().mapToDouble(Double::doubleValue).toArray()),
        FacadeClass.FACADE,
        wall);
    for (int i = 0; i < steps; i++) {
      double y = base - (i + 1) * rise;
      double reach = i == steps - 1 ? right - left - 2 * steps * run + run : run;
      ornaments.band(
          new Box(left + i * run - 0.4, y - 0.7, left + i * run + reach + 0.2, y + 0.8),
          FacadeClass.CORNICE,
          stone);
      ornaments.band(
          new Box(right - i * run - reach - 0.2, y - 0.7, right - i * run + 0.4, y + 0.8),
          FacadeClass.CORNICE,
          stone);
    }
    double middle = (left + right) / 2;
    Box window = new Box(middle - 4, base - 12, middle + 4, base - 2.5);
    canvas.fill(
        new Arch(
            window.left() - 1.1, window.top() - 1.1, window.right() + 1.1, window.bottom(), 4.6),
        FacadeClass.MOLDING,
        Materials.flat(stone));
    openings.window(window, glazing.withPanes(2, 3).withRise(3.6));
    openings.sill(window, 1.4, 1, stone);
    ornaments.band(new Box(left, base - 0.7, right, base + 0.7), FacadeClass.MOLDING, stone);
  }

  private void quoins(double top, double ground) {
    int row = 0;
    for (double y = top + 1.2; y < ground - 2; y += 2.9, row++) {
      double width = row % 2 == 0 ? 3.4 : 2.2;
      for (Box block :
          new Box[] {
            new Box(left, y, left + width, y + 2.5), new Box(right - width, y, right, y + 2.5)
          }) {
        canvas.fill(block, FacadeClass.PILLAR, Materials.grain(stone, 0.1, dice.texture()));
        canvas.paint(
            new Box(block.left(), block.bottom() - 0.35, block.right(), block.bottom()),
            Materials.shade(0.75));
      }
    }
  }

  private void storey(double y, double height) {
    double width = Math.min(10, bay * 0.46);
    for (int i = 0; i < bays; i++) {
      double middle = left + (i + 0.5) * bay;
      Box window =
          new Box(middle - width / 2, y + height * 0.25, middle + width / 2, y + height * 0.8);
      if (arched) {
        canvas.fill(
            new Arch(
                window.left() - 1.2,
                window.top() - 2,
                window.right() + 1.2,
                window.top() + 2.2,
                3.2),
            FacadeClass.MOLDING,
            Materials.grain(stone, 0.1, dice.texture()));
        keystone(middle, window.top());
        openings.window(window, glazing.withRise(2.4));
      } else {
        canvas.fill(
            new Box(
                window.left() - 1.4, window.top() - 2.4, window.right() + 1.4, window.top() + 0.1),
            FacadeClass.MOLDING,
            Materials.fade(
                Colour.scale(stone, 1.08),
                Colour.scale(stone, 0.86),
                window.top() - 2.4,
                window.top()));
        keystone(middle, window.top());
        openings.window(window, glazing);
      }
      if (dice.chance(0.14)) {
        openings.blind(window, dice.between(0.3, 0.55), dice.of(0xe9e2cf, 0x9b5a4d, 0x4f6f63), 1.3);
      }
      Box rail =
          new Box(
              window.left() + 0.3,
              window.top() + window.height() * 0.5 - 0.4,
              window.right() - 0.3,
              window.top() + window.height() * 0.5 + 0.4);
      canvas.paint(rail, Materials.flat(glazing.frame()));
      openings.sill(window, 1.1, 1.1, stone);
    }
  }

  private void keystone(double middle, double foot) {
    canvas.fill(
        Polygon.of(
            middle - 1.3,
            foot - 2.9,
            middle + 1.3,
            foot - 2.9,
            middle + 0.8,
            foot + 0.4,
            middle - 0.8,
            foot + 0.4),
        FacadeClass.DECO,
        Materials.fade(Colour.scale(stone, 1.14), Colour.scale(stone, 0.94), foot - 3, foot));
  }

  /** Iron platforms before the two middle windows of every floor, joined by ladders. */
  private void fireEscape(double top, double floor, int floors) {
    int iron = dice.of(0x1f2226, 0x26352f, 0x3b2a28);
    int first = (bays - 2) / 2;
    double x0 = left + (first + 0.12) * bay;
    double x1 = left + (first + 1.88) * bay;
    for (int i = 0; i < floors; i++) {
      double foot = top + (i + 0.9) * floor + 1;
      ornaments.ironBalcony(new Box(x0, foot - floor * 0.24, x1, foot), iron, iron);
      if (i > 0) {
        double above = foot - floor;
        double from = i % 2 == 0 ? x0 + 3 : x1 - 3;
        double to = i % 2 == 0 ? x1 - 5 : x0 + 5;
        Polygon stair = Polygon.beam(from, above, to, foot - 0.6, 1.5);
        canvas.paint(
            stair,
            (x, y, rgb) -> {
              double step = y / 1.2;
              if (step - Noise.floor(step) < 0.55) {
                Colour.set(rgb, iron, 1.1f);
              }
            });
        canvas.paint(Polygon.beam(from, above - 0.8, to, foot - 1.4, 0.4), Materials.flat(iron));
        canvas.paint(Polygon.beam(from, above + 0.8, to, foot + 0.2, 0.4), Materials.flat(iron));
      }
    }
  }

  private void groundFloor(Box front) {
    boolean shop = dice.chance(0.45);
    int doorBay = dice.whole(0, bays - 1);
    int paint = Colour.near(dice, dice.of(0x1f5a43, 0x8e1f23, 0x1e3f74, 0x24262a, 0xb98a2c), 0.04);
    canvas.fill(
        new Box(left, front.bottom() - 4, right, front.bottom()),
        FacadeClass.FACADE,
        Materials.ashlar(Colour.scale(stone, 0.82), 2, 6, 0.22, dice.texture()));
    for (int i = 0; i < bays; i++) {
      double x0 = left + i * bay;
      double middle = x0 + bay / 2;
      if (i == doorBay) {
        doorway(middle, front, paint);
      } else if (shop) {
        openings.shop(
            new Box(x0 + 1.4, front.top() + 2.2, x0 + bay - 1.4, front.bottom()),
            Colour.scale(paint, 0.9),
            dice.chance(0.25));
      } else {
        double half = Math.min(5, bay * 0.25);
        Box window = new Box(middle - half, front.top() + 4.8, middle + half, front.bottom() - 5.4);
        canvas.fill(
            new Box(window.left() - 1.4, window.top() - 2, window.right() + 1.4, window.top()),
            FacadeClass.MOLDING,
            Materials.flat(stone));
        openings.window(window, glazing);
        openings.sill(window, 1.1, 1.1, stone);
      }
    }
    ornaments.band(
        new Box(left, front.top(), right, front.top() + 1.6), FacadeClass.CORNICE, stone);
  }

  private void doorway(double middle, Box front, int paint) {
    double half = Math.min(3.7, bay * 0.22);
    double steps = front.bottom() - 2.4;
    Box hole = new Box(middle - half, front.top() + 4.6, middle + half, steps);
    canvas.fill(
        new Box(hole.left() - 2.2, hole.top() - 1, hole.right() + 2.2, hole.bottom()),
        FacadeClass.MOLDING,
        Materials.flat(Colour.scale(stone, 1.05)));
    ornaments.pillar(new Box(hole.left() - 2, hole.top(), hole.left() - 0.4, steps), stone);
    ornaments.pillar(new Box(hole.right() + 0.4, hole.top(), hole.right() + 2, steps), stone);
    openings.door(hole, half * 0.75, paint, false);
    ornaments.pediment(middle - half - 2.8, middle + half + 2.8, hole.top() - 0.6, 2.3, stone);
    for (int i = 0; i < 3; i++) {
      double out = 1.4 + i * 0.9;
      Box step =
          new Box(hole.left() - out, steps + i * 0.8, hole.right() + out, steps + (i + 1) * 0.8);
      canvas.fill(
          step,
          FacadeClass.BACKGROUND,
          Materials.fade(0xd8d3c8, 0x8f8a80, step.top(), step.bottom()));
    }
  }
}
