package org.compnn.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.compnn.image.LabelMap;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;

/**
 * The categories of a data set as the classes of a network: by name where the two share any, else
 * by order where the numbers fit.
 *
 * @param classes the class of each category, or {@link LabelMap#UNLABELLED}
 * @param background the class of pixels that no category covers, or {@link LabelMap#UNLABELLED}
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record ClassMapping(int[] classes, int background) {
  private static final List<String> BACKGROUND = List.of("background", "bg");
  private static final int SHOWN = 8;

  /**
   * Finds the classes, and says in the listing what was assumed.
   *
   * @param where what messages name
   * @throws UserError if neither names nor numbers fit, or the network's targets are pictures
   */
  static ClassMapping of(List<String> categories, Listing listing, Path where) {
    if (categories.isEmpty()) {
      throw new UserError(where + ": expected the names of categories, found none");
    }
    TargetFormat format = listing.format();
    if (format instanceof TargetFormat.Labels labels) {
      return of(categories, labels.palette().names(), listing, where);
    }
    if (format instanceof TargetFormat.AsStored) {
      return own(categories, listing, where);
    }
    throw new UserError(
        where
            + ": expected targets as the network gives them, found annotations of classes; take a"
            + " network that gives classes, or other data");
  }

  /** The same for shapes, which leave pixels uncovered; the listing says what those are. */
  static ClassMapping ofShapes(List<String> categories, Listing listing, Path where) {
    ClassMapping mapping = of(categories, listing, where);
    listing.note(
        mapping.background == LabelMap.UNLABELLED
            ? "Pixels that no annotation covers are unlabelled, since no class is named background"
            : "Pixels that no annotation covers are "
                + listing.className(mapping.background, categories));
    return mapping;
  }

  /** The class of a category. */
  byte of(int category) {
    return (byte) classes[category];
  }

  /** The same with one category more. */
  ClassMapping with(int index) {
    int[] more = Arrays.copyOf(classes, classes.length + 1);
    more[classes.length] = index;
    return new ClassMapping(more, background);
  }

  private static ClassMapping own(List<String> categories, Listing listing, Path where) {
    if (categories.size() > LabelMap.UNLABELLED) {
      throw UserError.about(
          Knob.CLASSES,
          "%s: expected at most 255 categories, found %d; name the ones that the network knows"
              .formatted(where, categories.size()));
    }
    listing.classes(categories);
    return new ClassMapping(
        IntStream.range(0, categories.size()).toArray(), background(categories));
  }

  private static ClassMapping of(
      List<String> categories, List<String> names, Listing listing, Path where) {
    Map<String, Integer> byName = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      byName.putIfAbsent(key(names.get(i)), i);
      for (String synonym : names.get(i).split("[,;]", -1)) {
        byName.putIfAbsent(key(synonym), i);
      }
    }
    int[] classes = new int[categories.size()];
    Arrays.fill(classes, LabelMap.UNLABELLED);
    List<String> strangers = new ArrayList<>();
    for (int i = 0; i < classes.length; i++) {
      Integer found = byName.get(key(categories.get(i)));
      if (found == null) {
        strangers.add(categories.get(i));
      } else {
        classes[i] = found;
      }
    }
    if (strangers.size() == categories.size()) {
      return byOrder(categories, names, listing, where);
    }
    if (!strangers.isEmpty()) {
      listing.note(
          "Categories that the network has no class for are unlabelled: " + some(strangers));
    }
    return new ClassMapping(classes, background(names));
  }

  private static ClassMapping byOrder(
      List<String> categories, List<String> names, Listing listing, Path where) {
    int shift = names.size() - categories.size();
    if (shift != 0 && shift != 1) {
      throw UserError.about(
          Knob.CLASSES,
          "%s: expected the %d classes of the network (%s), found %d categories, none of that name (%s); name the classes as the data set does"
              .formatted(where, names.size(), some(names), categories.size(), some(categories)));
    }
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < categories.size(); i++) {
      pairs.add(categories.get(i) + " is " + names.get(i + shift));
    }
    listing.note("Classes by order, since the network's have other names: " + some(pairs));
    int background = shift == 1 ? 0 : background(names);
    return new ClassMapping(
        IntStream.range(shift, shift + categories.size()).toArray(), background);
  }

  private static int background(List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      if (BACKGROUND.contains(key(names.get(i)))) {
        return i;
      }
    }
    return LabelMap.UNLABELLED;
  }

  private static String some(List<String> all) {
    return all.stream().limit(SHOWN).collect(Collectors.joining(", "))
        + (all.size() > SHOWN ? " and " + (all.size() - SHOWN) + " more" : "");
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }
}
