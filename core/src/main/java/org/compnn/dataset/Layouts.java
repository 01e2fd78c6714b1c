package org.compnn.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.compnn.image.PictureFile;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;

/** Finds the pairs of a data set in each of the layouts. */
final class Layouts {
  private static final List<String> INPUTS =
      List.of("images", "inputs", "image", "imgs", "input", "a", "x", "photos");
  private static final List<String> TARGETS =
      List.of(
          "labels", "targets", "label", "masks", "mask", "target", "annotations", "gt", "b", "y");

  private final Path path;
  private final DatasetOptions options;
  private final List<String> skipped = new ArrayList<>();

  Layouts(Path path, DatasetOptions options) {
    this.path = path;
    this.options = options;
  }

  Dataset read() {
    if (!Files.exists(path)) {
      throw new UserError(
          path + ": expected a data set, found no such file or folder; check the path");
    }
    DatasetLayout layout = options.layout().orElseGet(this::detect);
    List<Pair> pairs =
        switch (layout) {
          case PAIRED -> paired();
          case SIDE_BY_SIDE -> sideBySide();
          case LIST -> new ListFile(path, this::pair, this::skip).read();
          case CITYSCAPES -> cityscapes();
          case CSV -> new CsvFile(path, this::pair, this::skip).read();
          case INPUTS -> inputs();
        };
    return new Dataset(
        path.toAbsolutePath().normalize().getFileName().toString(),
        pairs,
        skipped,
        options.skipBroken());
  }

  private DatasetLayout detect() {
    if (Files.isRegularFile(path)) {
      if (path.toString().toLowerCase(Locale.ROOT).endsWith(".csv")) {
        return DatasetLayout.CSV;
      }
      if (PictureTree.isPicture(path)) {
        throw new UserError(
            path + ": expected a data set, found a single picture; give its folder");
      }
      return DatasetLayout.LIST;
    }
    if (Files.isDirectory(path.resolve("leftImg8bit"))
        && Files.isDirectory(path.resolve("gtFine"))) {
      return DatasetLayout.CITYSCAPES;
    }
    if (child(INPUTS).isPresent() && child(TARGETS).isPresent()) {
      return DatasetLayout.PAIRED;
    }
    if (options.direction().isPresent()) {
      return DatasetLayout.SIDE_BY_SIDE;
    }
    List<Path> pictures = PictureTree.files(path, 1);
    if (!pictures.isEmpty()) {
      var first = PictureFile.read(pictures.getFirst());
      if (first.width() == 2 * first.height()) {
        throw UserError.about(
                Knob.DIRECTION,
                path
                    + ": pictures twice as wide as high look like side-by-side pairs; choose which"
                    + " half is the input, AtoB (left) or BtoA (right), or that the layout is"
                    + " inputs if they are none")
            .and(Knob.LAYOUT);
      }
    }
    return DatasetLayout.INPUTS;
  }

  private Optional<Path> child(List<String> names) {
    Map<String, Path> folders = new HashMap<>();
    try (var children = Files.list(path)) {
      children
          .filter(Files::isDirectory)
          .forEach(c -> folders.put(c.getFileName().toString().toLowerCase(Locale.ROOT), c));
    } catch (IOException e) {
      throw new UserError(path + ": expected a readable folder, but it cannot be listed", e);
    }
    return names.stream().filter(folders::containsKey).map(folders::get).findFirst();
  }

  private Path needed(List<String> names, String what) {
    return child(names)
        .orElseThrow(
            () ->
                new UserError(
                    path
                        + ": expected a folder of "
                        + what
                        + " (one of "
                        + String.join(", ", names)
                        + "), found none; rename it or write a CSV file"));
  }

  private List<Pair> paired() {
    Path inputs = needed(INPUTS, "inputs");
    Path targets = needed(TARGETS, "targets");
    Tags tags = Tags.beside(path);
    Map<String, Path> twins = new LinkedHashMap<>();
    for (Path file : PictureTree.files(targets, 9)) {
      twins.put(PictureTree.stem(targets, file), file);
    }
    List<Pair> pairs = new ArrayList<>();
    for (Path input : PictureTree.files(inputs, 9)) {
      String id = PictureTree.stem(inputs, input);
      Path target = twins.remove(id);
      if (target == null) {
        skip(
            input
                + ": expected a target "
                + targets.resolve(id)
                + ".*, found none; add it or skip broken pairs");
      } else {
        pairs.add(
            pair(id, tags.of(id, PictureTree.folders(inputs, input)), input, Optional.of(target)));
      }
    }
    for (Map.Entry<String, Path> alone : twins.entrySet()) {
      skip(
          alone.getValue()
              + ": expected an input "
              + inputs.resolve(alone.getKey())
              + ".*, found none; add it or skip broken pairs");
    }
    return pairs;
  }

  private List<Pair> sideBySide() {
    Direction direction =
        options
            .direction()
            .orElseThrow(
                () ->
                    UserError.about(
                        Knob.DIRECTION,
                        path
                            + ": side-by-side pairs need a direction, AtoB (the left half is the"
                            + " input) or BtoA"));
    Tags tags = Tags.beside(path);
    List<Pair> pairs = new ArrayList<>();
    for (Path file : PictureTree.files(path, 9)) {
      String id = PictureTree.stem(path, file);
      pairs.add(
          new SideBySidePair(
              id, tags.of(id, PictureTree.folders(path, file)), file, direction, options.format()));
    }
    return pairs;
  }

  private List<Pair> inputs() {
    Tags tags = Tags.beside(path);
    List<Pair> pairs = new ArrayList<>();
    for (Path file : PictureTree.files(path, 9)) {
      String id = PictureTree.stem(path, file);
      pairs.add(
          new FilePair(
              id,
              tags.of(id, PictureTree.folders(path, file)),
              file,
              Optional.empty(),
              options.format()));
    }
    return pairs;
  }

  private List<Pair> cityscapes() {
    Path photos = path.resolve("leftImg8bit");
    Path labels = path.resolve("gtFine");
    boolean toPhoto = swapped();
    List<Pair> pairs = new ArrayList<>();
    for (Path photo : PictureTree.files(photos, 9)) {
      String stem = PictureTree.stem(photos, photo);
      if (!stem.endsWith("_leftImg8bit")) {
        continue;
      }
      String id = stem.substring(0, stem.length() - "_leftImg8bit".length());
      List<String> tags = cityTags(PictureTree.folders(photos, photo));
      List<String> endings =
          toPhoto
              ? List.of("_gtFine_color.png")
              : List.of("_gtFine_labelTrainIds.png", "_gtFine_labelIds.png");
      Optional<Path> twin =
          endings.stream()
              .map(ending -> labels.resolve(id + ending))
              .filter(Files::isRegularFile)
              .findFirst();
      if (twin.isEmpty()) {
        skip(
            photo
                + ": expected "
                + labels.resolve(id + endings.getLast())
                + ", found no such file; add it or skip broken pairs");
      } else if (toPhoto) {
        pairs.add(new FilePair(id, tags, twin.get(), Optional.of(photo), options.format()));
      } else if (twin.get().toString().endsWith("labelIds.png")) {
        pairs.add(
            new CityscapesPair(
                new FilePair(id, tags, photo, Optional.empty(), options.format()), twin.get()));
      } else {
        pairs.add(new FilePair(id, tags, photo, twin, options.format()));
      }
    }
    return pairs;
  }

  private static List<String> cityTags(List<String> folders) {
    List<String> keys = List.of("split", "city");
    List<String> tags = new ArrayList<>();
    for (int i = 0; i < Math.min(keys.size(), folders.size()); i++) {
      tags.add(keys.get(i) + "=" + folders.get(i));
    }
    return tags;
  }

  private boolean swapped() {
    return options.direction().equals(Optional.of(Direction.BTOA));
  }

  private Pair pair(String id, List<String> tags, Path input, Optional<Path> target) {
    if (swapped()) {
      Path newInput =
          target.orElseThrow(
              () -> new UserError(input + ": expected a target to take as the input, found none"));
      return new FilePair(id, tags, newInput, Optional.of(input), options.format());
    }
    return new FilePair(id, tags, input, target, options.format());
  }

  private void skip(String why) {
    if (!options.skipBroken()) {
      throw UserError.about(Knob.SKIP_BROKEN, why);
    }
    skipped.add(why);
  }
}
