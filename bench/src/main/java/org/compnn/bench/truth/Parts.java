package org.compnn.bench.truth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.compnn.compose.Mask;
import org.compnn.image.LabelMap;

/** What of a training set can be cited, and taken out: whole pictures, or regions of one label. */
final class Parts {
  /** Smaller regions belong to no part. */
  private static final int LEAST = 4;

  private final List<Part> list;
  private final int[][] at;
  private final boolean whole;

  /**
   * A part.
   *
   * @param picture which training picture it is of
   * @param mask its pixels
   * @param label their class, or -1 for a whole picture
   */
  record Part(int picture, Mask mask, int label) {}

  private Parts(List<Part> list, int pictures, boolean whole) {
    this.list = List.copyOf(list);
    this.whole = whole;
    at = new int[pictures][];
    for (int i = 0; i < list.size(); i++) {
      Mask mask = list.get(i).mask();
      int picture = list.get(i).picture();
      if (at[picture] == null) {
        at[picture] = new int[mask.height() * mask.width()];
        Arrays.fill(at[picture], -1);
      }
      int part = i;
      mask.pixels().stream().forEach(pixel -> at[picture][pixel] = part);
    }
  }

  /** Each picture is one part, in their order. */
  static Parts pictures(List<Example> training) {
    List<Part> list = new ArrayList<>();
    for (int i = 0; i < training.size(); i++) {
      LabelMap labels = training.get(i).labels();
      BitSet all = new BitSet();
      all.set(0, labels.classes().length);
      list.add(new Part(i, new Mask(labels.height(), labels.width(), all), -1));
    }
    return new Parts(list, training.size(), true);
  }

  /** Each connected region of one label is a part, but for specks. */
  static Parts regions(List<Example> training) {
    List<Part> list = new ArrayList<>();
    for (int i = 0; i < training.size(); i++) {
      LabelMap labels = training.get(i).labels();
      double least = (double) LEAST / labels.classes().length;
      for (Regions.Region region : Regions.of(labels, least, 1)) {
        list.add(new Part(i, region.mask(), region.label()));
      }
    }
    return new Parts(list, training.size(), false);
  }

  int size() {
    return list.size();
  }

  Part get(int part) {
    return list.get(part);
  }

  /** Whether each part is a whole picture. */
  boolean whole() {
    return whole;
  }

  /** The part that a pixel of a training picture belongs to, or -1. */
  int at(int picture, int pixel) {
    return at[picture] == null ? -1 : at[picture][pixel];
  }

  /** Pixels of all parts. */
  long pixels() {
    return list.stream().mapToLong(part -> part.mask().count()).sum();
  }

  /** The first parts of an order that together have about so many pixels, one or more. */
  List<Part> first(int[] order, double pixels) {
    List<Part> taken = new ArrayList<>();
    double sum = 0;
    for (int part : order) {
      int count = list.get(part).mask().count();
      if (!taken.isEmpty() && sum + count / 2.0 > pixels) {
        break;
      }
      taken.add(list.get(part));
      sum += count;
    }
    return taken;
  }

  /** The training set without some parts: without these pictures, or these regions' labels. */
  List<Example> without(List<Example> training, List<Part> removed) {
    List<Example> left = new ArrayList<>();
    for (int i = 0; i < training.size(); i++) {
      int picture = i;
      List<Part> here = removed.stream().filter(part -> part.picture() == picture).toList();
      if (!whole || here.isEmpty()) {
        Example example = training.get(i);
        for (Part part : here) {
          example =
              example.withLabels(
                  Planted.filled(example.labels(), part.mask(), LabelMap.UNLABELLED));
        }
        left.add(example);
      }
    }
    return left;
  }
}
