package org.compnn.generate;

import org.compnn.generate.Shape.Arch;
import org.compnn.generate.Shape.Box;
import org.compnn.generate.Shape.Polygon;

/** Plaster between dark beams, small panes, painted shutters, a steep tiled gable. */
final class Timber {
  private final Scene scene;
  private final Canvas canvas;
  private final Dice dice;
  private final Openings openings;
  private final Ornaments ornaments;
  private final int plaster;
  private final int beam;
  private final int shutter;
  private final int bloom;
  private final Glazing glazing;
  private final double left;
  private final double right;
  private final int bays;
  private final double bay;

  Timber(Scene scene) {
    this.scene = scene;
    canvas = scene.canvas;
    dice = scene.dice;
    openings = new Openings(scene);
    ornaments = new Ornaments(scene);
    plaster = Colour.near(dice, dice.of(0xf0e6cc, 0xead9ae, 0xf2ead9, 0xe9c99f, 0xe3d6c0), 0.03);
    beam = Colour.near(dice, dice.of(0x4a2f20, 0x3b2a22, 0x5d2f22, 0x4c3a2a), 0.02);
    shutter = Colour.near(dice, dice.of(0x2f6247, 0x8b2f2a, 0x2f5573, 0x4d7f56), 0.03);
    bloom = dice.of(0xd8343c, 0xe8638c, 0xf0f0e8, 0xd94f2a);
    glazing = new Glazing(0xf3eee2, 0.5, 2, 3, 0, 0x2a2f33, 0xf6efe0, 0.7);
    left = Math.max(scene.left, 3.5);
    right = Math.min(scene.right, 96.5);
    bays = dice.whole(3, 4);
    bay = (right - left) / bays;
  }

  Box build() {
    double eaves = dice.between(36, 42);
    double peak = dice.between(4, 8);
    double ground = Scene.GROUND - dice.between(17, 19);
    int floors = 2;
    double floor = (ground - eaves) / floors;
    double middle = (left + right) / 2;
    roof(eaves, peak, middle);
    Material wall = Materials.plaster(plaster, dice.texture());
    canvas.fill(Polygon.of(left, eaves, middle, peak + 4, right, eaves), FacadeClass.FACADE, wall);
    canvas.fill(new Box(left, eaves, right, Scene.GROUND), FacadeClass.FACADE, wall);
    gable(eaves, peak + 4, middle);
    int braces = dice.whole(0, 2);
    for (int i = 0; i < floors; i++) {
      storey(eaves + i * floor, floor, braces);
    }
    for (int i = 0; i <= floors; i++) {
      rail(left, right, eaves + i * floor, 2);
    }
    Box front = new Box(left, ground + 1, right, Scene.GROUND);
    groundFloor(front);
    return front;
  }

  private void roof(double eaves, double peak, double middle) {
    int tile = Colour.near(dice, dice.of(0xa4492f, 0x8e3f2e, 0xb35c3a, 0x74453a), 0.03);
    Material tiles = Materials.tiles(tile, 1.7, 1.8, dice.texture());
    double over = 3.2;
    canvas.fill(
        Polygon.of(left - over, eaves + 1.8, middle, peak - 1.6, right + over, eaves + 1.8),
        FacadeClass.BACKGROUND,
        tiles);
    double run = (eaves + 1.8 - peak + 1.6) / (middle - left + over);
    for (int side = -1; side <= 1; side += 2) {
      double x = side < 0 ? left - over : right + over;
      canvas.fill(
          Polygon.beam(x, eaves + 1.8, middle, peak - 1.6, 0.9),
          FacadeClass.BACKGROUND,
          Materials.flat(Colour.scale(tile, run > 0 ? 0.72 : 0.8)));
    }
  }

  private void gable(double eaves, double peak, double middle) {
    double height = eaves - peak;
    double half = (right - left) / 2;
    double attic = eaves - height * 0.46;
    double wide = half * 0.54;
    Box window = new Box(middle - 3.6, attic + 3.4, middle + 3.6, eaves - 4.4);
    for (double share : new double[] {-0.62, -0.3, 0.3, 0.62}) {
      double x = middle + share * half;
      post(x, peak + height * Math.abs(share) + 1.6, eaves, 1.5);
    }
    for (int side = -1; side <= 1; side += 2) {
      brace(
          middle + side * half * 0.62,
          attic + height * 0.2,
          middle + side * half * 0.33,
          eaves - 1);
      brace(middle + side * half * 0.26, attic - 0.5, middle + side * 1.4, peak + height * 0.2);
    }
    post(middle, peak + 2.5, attic, 1.5);
    rail(middle - wide, middle + wide, attic, 1.5);
    opening(window, true);
    for (int side = -1; side <= 1; side += 2) {
      canvas.fill(
          Polygon.beam(middle + side * half, eaves + 0.2, middle, peak + 0.2, 1.7),
          FacadeClass.CORNICE,
          Materials.boards(Colour.scale(beam, 1.25), 3, dice.texture()));
      canvas.paint(
          Polygon.beam(middle + side * (half - 1.6), eaves + 0.6, middle, peak + 2.2, 1.3),
          Materials.shade(0.72));
    }
  }

  private void storey(double y, double height, int braces) {
    double inner = height - 2;
    for (int i = 0; i < bays; i++) {
      double x0 = left + i * bay;
      double middle = x0 + bay / 2;
      double half = Math.min(4.6, bay * 0.2);
      Box window = new Box(middle - half, y + height * 0.2 + 0.8, middle + half, y + height * 0.74);
      switch (braces) {
        case 0 -> {
          brace(x0 + 1, y + 1.6, middle - half - 1.6, y + height - 0.8);
          brace(x0 + bay - 1, y + 1.6, middle + half + 1.6, y + height - 0.8);
        }
        case 1 -> {
          brace(x0 + 0.8, y + height - 0.8, middle - half - 1.4, y + height * 0.72);
          brace(x0 + bay - 0.8, y + height - 0.8, middle + half + 1.4, y + height * 0.72);
          brace(middle - half, y + height - 0.8, middle, window.bottom() + 1);
          brace(middle + half, y + height - 0.8, middle, window.bottom() + 1);
        }
        default -> {
          brace(x0 + 1, window.bottom() + 1, middle - half - 1, y + inner + 1.2);
          brace(middle - half - 1, window.bottom() + 1, x0 + 1, y + inner + 1.2);
          brace(x0 + bay - 1, window.bottom() + 1, middle + half + 1, y + inner + 1.2);
          brace(middle + half + 1, window.bottom() + 1, x0 + bay - 1, y + inner + 1.2);
        }
      }
      rail(x0, x0 + bay, window.bottom() + 1, 1);
      post(middle - half - 0.7, y, y + height, 1.1);
      post(middle + half + 0.7, y, y + height, 1.1);
      opening(window, dice.chance(0.8));
    }
    for (int i = 0; i <= bays; i++) {
      post(Math.clamp(left + i * bay, left + 1, right - 1), y, y + height, 1.9);
    }
  }

  private void opening(Box window, boolean shutters) {
    openings.window(window, glazing);
    if (shutters) {
      openings.shutters(window, Math.min(2.9, bay * 0.13), shutter);
    }
    if (dice.chance(0.55)) {
      openings.flowers(window, bloom);
    } else {
      openings.sill(window, 0.6, 0.9, Colour.scale(beam, 1.5));
    }
  }

  private void rail(double x0, double x1, double y, double thickness) {
    beam(new Box(x0, y - thickness / 2, x1, y + thickness / 2), FacadeClass.MOLDING);
  }

  private void post(double x, double y0, double y1, double thickness) {
    beam(new Box(x - thickness / 2, y0, x + thickness / 2, y1), FacadeClass.PILLAR);
  }

  private void beam(Box box, FacadeClass as) {
    canvas.paint(
        new Box(box.left(), box.top(), box.right() + 0.35, box.bottom() + 0.35),
        Materials.shade(0.8));
    canvas.fill(box, as, wood());
  }

  private void brace(double x0, double y0, double x1, double y1) {
    canvas.fill(Polygon.beam(x0, y0, x1, y1, 1.25), FacadeClass.DECO, wood());
  }

  private Material wood() {
    int seed = dice.texture();
    return (x, y, rgb) ->
        Colour.set(
            rgb,
            beam,
            0.86f
                + 0.2f * Noise.smooth(x * 1.1, y * 1.1, seed)
                + 0.1f * Noise.smooth(x * 4, y * 4, seed));
  }

  private void groundFloor(Box front) {
    boolean stone = dice.chance(0.6);
    int rock = Colour.near(dice, dice.of(0x9c8f7c, 0x8c8680, 0xa89274), 0.03);
    if (stone) {
      canvas.fill(
          front,
          FacadeClass.FACADE,
          Materials.rubble(rock, Colour.scale(rock, 0.72), 2.6, dice.texture()));
    } else {
      canvas.fill(
          new Box(left, front.bottom() - 3.6, right, front.bottom()),
          FacadeClass.FACADE,
          Materials.rubble(rock, Colour.scale(rock, 0.72), 2.2, dice.texture()));
      for (int i = 0; i <= bays; i++) {
        post(
            Math.clamp(left + i * bay, left + 1, right - 1),
            front.top(),
            front.bottom() - 3.4,
            1.9);
      }
    }
    scene.shadowBelow(left, right, front.top(), 3);
    int doorBay = dice.whole(0, bays - 1);
    boolean shop = dice.chance(0.5);
    int shopBay = (doorBay + 1 + dice.whole(0, bays - 2)) % bays;
    for (int i = 0; i < bays; i++) {
      double x0 = left + i * bay;
      double middle = x0 + bay / 2;
      if (i == doorBay) {
        double half = Math.min(4.2, bay * 0.21);
        Box hole = new Box(middle - half, front.top() + 3, middle + half, front.bottom());
        canvas.fill(
            new Arch(
                hole.left() - 1.3, hole.top() - 1.3, hole.right() + 1.3, hole.bottom(), half + 1),
            FacadeClass.MOLDING,
            Materials.ashlar(Colour.scale(rock, 1.2), 2.2, 20, 0.3, dice.texture()));
        openings.door(hole, half * 0.9, dice.of(0x5f3b22, 0x4b2a1b, 0x33513f, 0x6f3327), false);
      } else if (shop && i == shopBay) {
        openings.shop(
            new Box(x0 + 2, front.top() + 2, x0 + bay - 2, front.bottom()),
            Colour.scale(beam, 1.35),
            dice.chance(0.2));
        sign(x0 + bay - 1.2, front.top() + 1);
      } else {
        double half = Math.min(4.2, bay * 0.19);
        Box window = new Box(middle - half, front.top() + 3.6, middle + half, front.bottom() - 6);
        opening(window, dice.chance(0.6));
      }
    }
    rail(left, right, front.top(), 2.2);
  }

  /** A hanging sign on an iron arm. */
  private void sign(double x, double y) {
    canvas.paint(new Box(x - 4.4, y + 0.6, x, y + 1), Materials.flat(0x1f1d1c));
    Box board = new Box(x - 4, y + 1.4, x - 0.8, y + 4.6);
    canvas.fill(board, FacadeClass.SHOP, Materials.flat(dice.of(0x2b4a6f, 0x6f2a2a, 0x2f5a3a)));
    canvas.paint(new Shape.Disc(x - 3.2, y + 2.2, x - 1.6, y + 3.8), Materials.flat(0xe3b64b));
    ornaments.rosette(x - 2.4, y + 3, 0.6, 0xe3b64b);
  }
}
