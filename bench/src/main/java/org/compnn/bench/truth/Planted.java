package org.compnn.bench.truth;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.compnn.bench.truth.Regions.Region;
import org.compnn.compose.Mask;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;

/**
 * Training pictures that were tampered with, and where.
 *
 * @param examples all of them, tampered with or not
 * @param where the pixels, by index of the example
 */
record Planted(List<Example> examples, Map<Integer, Mask> where) {
  /** Side of a mark in pixels. */
  static final int MARK = 4;

  static final int WINDOW = 2;
  static final int DOOR = 3;
  private static final int PILLAR = 10;

  Planted {
    examples = List.copyOf(examples);
    where = Map.copyOf(where);
  }

  boolean[] relevant() {
    boolean[] relevant = new boolean[examples.size()];
    where.keySet().forEach(i -> relevant[i] = true);
    return relevant;
  }

  /** A region of some pictures is given another of so many classes. */
  static Planted errors(List<Example> examples, int classes, double share, long seed) {
    Random random = new Random(seed);
    int[] order = Shuffled.of(examples.size(), random);
    List<Example> changed = new ArrayList<>(examples);
    Map<Integer, Mask> where = new HashMap<>();
    for (int i : order) {
      List<Region> fit = Regions.of(examples.get(i).labels(), 0.01, 0.25);
      if (where.size() >= share * examples.size() || fit.isEmpty()) {
        continue;
      }
      Region region = fit.get(random.nextInt(fit.size()));
      int other = (region.label() + 1 + random.nextInt(classes - 1)) % classes;
      changed.set(
          i, examples.get(i).withLabels(filled(examples.get(i).labels(), region.mask(), other)));
      where.put(i, region.mask());
    }
    return new Planted(changed, where);
  }

  /** The doors of every second picture that has one carry a mark. */
  static Planted shortcut(List<Example> examples) {
    List<Example> changed = new ArrayList<>(examples);
    Map<Integer, Mask> where = new HashMap<>();
    boolean turn = false;
    for (int i = 0; i < examples.size(); i++) {
      for (Region region : Regions.of(examples.get(i).labels(), 0.002, 1)) {
        if (region.label() == DOOR) {
          turn = !turn;
          if (turn) {
            Mask mark = mark(region.mask());
            changed.set(i, examples.get(i).withPhoto(marked(examples.get(i).photo(), mark)));
            where.put(i, mark);
          }
          break;
        }
      }
    }
    return new Planted(changed, where);
  }

  /** Where a mark lies that is put into the middle of a region. */
  static Mask mark(Mask region) {
    Mask.Box box = region.bounds();
    int top = Math.clamp((box.top() + box.bottom()) / 2 - MARK / 2, 0, region.height() - MARK);
    int left = Math.clamp((box.left() + box.right()) / 2 - MARK / 2, 0, region.width() - MARK);
    BitSet pixels = new BitSet();
    for (int row = top; row < top + MARK; row++) {
      pixels.set(row * region.width() + left, row * region.width() + left + MARK);
    }
    return new Mask(region.height(), region.width(), pixels);
  }

  /** A mark that no building has: magenta and green in turn. */
  static Picture marked(Picture picture, Mask mark) {
    byte[] rgb = picture.rgb().clone();
    mark.pixels().stream()
        .forEach(
            p -> {
              boolean odd = (p / picture.width() + p % picture.width()) % 2 == 1;
              rgb[p * 3] = (byte) (odd ? 255 : 0);
              rgb[p * 3 + 1] = (byte) (odd ? 0 : 255);
              rgb[p * 3 + 2] = (byte) (odd ? 255 : 60);
            });
    return new Picture(picture.height(), picture.width(), rgb);
  }

  /** Doors are called windows. */
  static List<Example> merged(List<Example> examples) {
    return examples.stream()
        .map(
            example -> {
              byte[] classes = example.labels().classes().clone();
              for (int i = 0; i < classes.length; i++) {
                classes[i] = classes[i] == DOOR ? WINDOW : classes[i];
              }
              return example.withLabels(
                  new LabelMap(example.labels().height(), example.labels().width(), classes));
            })
        .toList();
  }

  /** Pictures of another world are added, all of them labelled as one class. */
  static Planted foreign(List<Example> examples, int count, long seed) {
    List<Example> all = new ArrayList<>(examples);
    Map<Integer, Mask> where = new HashMap<>();
    int side = examples.getFirst().photo().height();
    BitSet whole = new BitSet();
    whole.set(0, side * side);
    for (int i = 0; i < count; i++) {
      where.put(all.size(), new Mask(side, side, whole));
      all.add(stripes("f%03d".formatted(i), side, new Random(seed * 977 + i)));
    }
    return new Planted(all, where);
  }

  /** Slanted stripes of two colours. */
  static Example stripes(String id, int side, Random random) {
    byte[] rgb = new byte[side * side * 3];
    int across = random.nextInt(7) - 3;
    int down = 1 + random.nextInt(3);
    int width = 6 + random.nextInt(10);
    byte[] colours = new byte[6];
    random.nextBytes(colours);
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        int which = Math.floorDiv(row * down + column * across, width) & 1;
        System.arraycopy(colours, which * 3, rgb, (row * side + column) * 3, 3);
      }
    }
    byte[] labels = new byte[side * side];
    java.util.Arrays.fill(labels, (byte) PILLAR);
    Picture picture = new Picture(side, side, rgb);
    return new Example(
        id, Kind.SEGNET.groups(), picture, new LabelMap(side, side, labels), picture);
  }

  static LabelMap filled(LabelMap labels, Mask region, int label) {
    byte[] classes = labels.classes().clone();
    region.pixels().stream().forEach(i -> classes[i] = (byte) label);
    return new LabelMap(labels.height(), labels.width(), classes);
  }
}
