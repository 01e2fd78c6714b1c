package org.compnn.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.compnn.image.LabelMap;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;

/**
 * ADE20K as the scene-parsing challenge has it: {@code images/training}, {@code
 * annotations/training}; a stored 0 is unlabelled and k is class k - 1, for 150 classes.
 *
 * @see <a href="https://github.com/CSAILVision/sceneparsing">the challenge's toolkit</a>
 */
record AdeFolder(Path path, Listing listing) {
  private static final int CLASSES = 150;

  static boolean isAt(Path path) {
    Optional<Path> images = child(path, "images");
    return images.isPresent()
        && child(path, "annotations").isPresent()
        && PictureTree.files(images.get(), 3).stream()
            .limit(1)
            .anyMatch(file -> file.getFileName().toString().startsWith("ADE_"));
  }

  void list() {
    Path images = child(path, "images").orElseThrow(this::missing);
    Path annotations = child(path, "annotations").orElseThrow(this::missing);
    CodedPair.Codes codes = codes();
    Map<String, Path> twins = new TreeMap<>();
    for (Path file : PictureTree.files(annotations, 9)) {
      twins.put(PictureTree.stem(annotations, file), file);
    }
    for (Path photo : PictureTree.files(images, 9)) {
      String id = PictureTree.stem(images, photo);
      Path target = twins.get(id);
      if (target == null) {
        listing.skip(
            "%s: expected a target %s.png, found none; add it or skip broken pairs"
                .formatted(photo, annotations.resolve(id)));
        continue;
      }
      List<String> tags = PictureTree.folders(images, photo).stream().map(Splits::tag).toList();
      listing.add(new CodedPair(id, tags, photo, target, codes));
    }
  }

  private CodedPair.Codes codes() {
    if (!(listing.format() instanceof TargetFormat.Labels)
        && !(listing.format() instanceof TargetFormat.AsStored)) {
      throw new UserError(
          path + ": expected targets as the network gives them, found label maps of classes");
    }
    int size =
        listing.format() instanceof TargetFormat.Labels labels ? labels.palette().size() : CLASSES;
    OptionalInt ignored =
        listing.format() instanceof TargetFormat.Labels labels
            ? labels.ignored()
            : OptionalInt.empty();
    if (size != CLASSES && size != CLASSES + 1) {
      throw UserError.about(
          Knob.LAYOUT,
          "%s: expected a network of ADE20K's 150 classes (or 151 with 0 for all else), found %d classes; take the layout paired if the stored numbers are its classes"
              .formatted(path, size));
    }
    int shift = size == CLASSES ? 1 : 0;
    listing.note(
        shift == 1
            ? "ADE20K: a stored 0 is unlabelled, k is class k - 1"
            : "ADE20K: stored numbers are the network's 151 classes, 0 for all else");
    return new CodedPair.Codes() {
      @Override
      public int ofIndex(int index) {
        int value = index - shift;
        return value < 0
                || index == LabelMap.UNLABELLED
                || (ignored.isPresent() && ignored.getAsInt() == index && shift == 0)
            ? LabelMap.UNLABELLED
            : value < size ? value : -1;
      }

      @Override
      public int ofColour(int rgb) {
        return -1;
      }
    };
  }

  private UserError missing() {
    return new UserError(path + ": expected images/ and annotations/, found one of them missing");
  }

  private static Optional<Path> child(Path path, String name) {
    return Optional.ofNullable(PairedFolders.children(path).get(name));
  }
}
