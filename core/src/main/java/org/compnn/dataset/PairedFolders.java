package org.compnn.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;

/**
 * A folder of inputs and the folder of their targets.
 *
 * @param inputs the pictures
 * @param targets their twins
 * @param prefix what stands before an id, such as {@code train/}; empty for none
 * @param tags of all its pairs
 */
record PairedFolders(Path inputs, Path targets, String prefix, List<String> tags) {
  private static final List<String> INPUTS =
      List.of(
          "images",
          "inputs",
          "image",
          "imgs",
          "img",
          "input",
          "a",
          "x",
          "photos",
          "jpegimages",
          "source",
          "pictures");
  private static final List<String> TARGETS =
      List.of(
          "labels",
          "targets",
          "label",
          "masks",
          "mask",
          "target",
          "annotations",
          "annotation",
          "annots",
          "annot",
          "ann",
          "anns",
          "gt",
          "groundtruth",
          "b",
          "y",
          "segmentations",
          "segmentation",
          "segmentationclass",
          "seg");

  /**
   * The folders of inputs and targets at a place: {@code images/} and {@code masks/}, both in each
   * part ({@code train/images/}, {@code train/masks/}), both for each part ({@code trainA/}, {@code
   * trainB/}), or, where the place is itself the inputs of one part ({@code images/train/}), it and
   * the targets of that part. Empty if there are none.
   *
   * @throws UserError if two folders could be the targets
   */
  static List<PairedFolders> at(Path place) {
    Map<String, Path> children = children(place);
    Optional<PairedFolders> direct = within(children, "", List.of(), place);
    if (direct.isPresent()) {
      return List.of(direct.get());
    }
    List<PairedFolders> found = new ArrayList<>();
    for (Path child : children.values()) {
      String name = child.getFileName().toString();
      if (Splits.is(name)) {
        within(children(child), name + "/", List.of("split=" + name), child).ifPresent(found::add);
      }
    }
    if (found.isEmpty()) {
      found.addAll(named(children, place));
    }
    if (found.isEmpty()) {
      partOf(place).ifPresent(found::add);
    }
    found.sort(Comparator.comparing(PairedFolders::prefix, PictureTree::natural));
    return found;
  }

  static List<String> inputNames() {
    return INPUTS;
  }

  static List<String> targetNames() {
    return TARGETS;
  }

  private static Optional<PairedFolders> within(
      Map<String, Path> children, String prefix, List<String> tags, Path place) {
    Optional<Path> inputs = one(children, INPUTS, "inputs", place);
    Optional<Path> targets =
        inputs.isEmpty() ? Optional.empty() : one(children, TARGETS, "targets", place);
    return targets.map(t -> new PairedFolders(inputs.orElseThrow(), t, prefix, tags));
  }

  /** Folders whose names hold the part and the side: trainA and trainB, train and train_masks. */
  private static List<PairedFolders> named(Map<String, Path> children, Path place) {
    Map<String, Map<String, Path>> bySplit = new TreeMap<>();
    children.forEach(
        (name, folder) -> {
          if (Splits.is(name)) {
            bySplit.computeIfAbsent(name, s -> new TreeMap<>()).put("images", folder);
            return;
          }
          for (int cut = 1; cut < name.length(); cut++) {
            String first = name.substring(0, cut);
            String second = name.substring(cut);
            if (Splits.is(first) && side(second)) {
              bySplit.computeIfAbsent(first, s -> new TreeMap<>()).put(second, folder);
            } else if (side(first) && Splits.is(second)) {
              bySplit.computeIfAbsent(second, s -> new TreeMap<>()).put(first, folder);
            }
          }
        });
    List<PairedFolders> found = new ArrayList<>();
    bySplit.forEach(
        (split, sides) ->
            within(sides, split + "/", List.of("split=" + split), place).ifPresent(found::add));
    found.forEach(PairedFolders::checkPaired);
    return found;
  }

  private static boolean side(String name) {
    return INPUTS.contains(name) || TARGETS.contains(name);
  }

  /** CycleGAN's folders look like pairs and are none. */
  private void checkPaired() {
    if (!inputs.getFileName().toString().endsWith("A")) {
      return;
    }
    Set<String> left =
        PictureTree.files(inputs, 9).stream()
            .map(file -> PictureTree.stem(inputs, file))
            .collect(Collectors.toSet());
    if (!left.isEmpty()
        && PictureTree.files(targets, 9).stream()
            .noneMatch(file -> left.contains(PictureTree.stem(targets, file)))) {
      throw UserError.about(
          Knob.LAYOUT,
          "%s and %s: expected pictures of the same names, found none in common: unpaired data (CycleGAN) has no targets; give one of the two folders as inputs without targets"
              .formatted(inputs, targets.getFileName()));
    }
  }

  /** {@code images/train} when {@code masks/train} lies beside its parent. */
  private static Optional<PairedFolders> partOf(Path place) {
    Path whole = place.toAbsolutePath().normalize();
    Path side = whole.getParent();
    Path root = side == null ? null : side.getParent();
    if (root == null
        || side == null
        || side.getFileName() == null
        || !Splits.is(whole.getFileName().toString())
        || !INPUTS.contains(key(side.getFileName().toString()))) {
      return Optional.empty();
    }
    Map<String, Path> parts = new TreeMap<>();
    children(root)
        .forEach(
            (name, folder) -> {
              Path part = folder.resolve(whole.getFileName());
              if (TARGETS.contains(name) && Files.isDirectory(part)) {
                parts.put(name, part);
              }
            });
    return one(parts, TARGETS, "targets", root)
        .map(
            targets ->
                new PairedFolders(
                    place, targets, "", List.of("split=" + whole.getFileName().toString())));
  }

  /** The only folder of such a name that holds pictures; the first if none does. */
  private static Optional<Path> one(
      Map<String, Path> children, List<String> names, String what, Path place) {
    List<Path> there =
        names.stream().filter(children::containsKey).map(children::get).distinct().toList();
    if (there.size() < 2) {
      return there.stream().findFirst();
    }
    List<Path> filled = there.stream().filter(PairedFolders::hasPictures).toList();
    if (filled.size() > 1) {
      throw UserError.about(
          Knob.LAYOUT,
          "%s: expected one folder of %s, found %s; move or rename all but one, or write a CSV file"
              .formatted(
                  place,
                  what,
                  filled.stream()
                      .map(folder -> folder.getFileName() + "/")
                      .collect(Collectors.joining(" and "))));
    }
    return filled.isEmpty() ? there.stream().findFirst() : filled.stream().findFirst();
  }

  static boolean hasPictures(Path folder) {
    return !PictureTree.files(folder, 9).isEmpty();
  }

  /** Folders in a folder, by name without capitals, spaces and signs. */
  static Map<String, Path> children(Path folder) {
    Map<String, Path> found = new TreeMap<>();
    try (Stream<Path> children = Files.list(folder)) {
      children.filter(Files::isDirectory).sorted().forEach(c -> found.put(key(name(c)), c));
    } catch (IOException e) {
      throw new UserError(folder + ": expected a readable folder, but it cannot be listed", e);
    }
    return found;
  }

  private static String name(Path folder) {
    return folder.getFileName().toString();
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[ _.-]", "");
  }
}
