package org.compnn.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.compnn.image.LabelMap;
import org.compnn.image.PictureSize;
import org.compnn.problem.UserError;

/**
 * YOLO's polygons: {@code data.yaml} says the classes and the parts, {@code images/} in a path
 * becomes {@code labels/}, and a text file beside each picture has a class and the corners of a
 * polygon, as shares of the picture's width and height, on each line.
 */
record YoloFolder(Path path, Listing listing) {
  static boolean isAt(Path path) {
    return yaml(path).isPresent() || (Files.isDirectory(path) && hasTexts(path));
  }

  void list() {
    Path file =
        yaml(path)
            .orElseThrow(
                () ->
                    new UserError(
                        path
                            + ": expected a data.yaml with the classes' names beside YOLO's labels,"
                            + " found none; add it"));
    DataYaml yaml = DataYaml.read(file);
    ClassMapping mapping = ClassMapping.ofShapes(yaml.names(), listing, file);
    int without = 0;
    for (Map.Entry<String, List<String>> part : yaml.parts().entrySet()) {
      for (String written : part.getValue()) {
        for (Found picture : pictures(yaml, file, part.getKey(), written)) {
          Path labels = labels(picture.file());
          without += Files.isRegularFile(labels) ? 0 : 1;
          String id = yaml.parts().size() > 1 ? part.getKey() + "/" + picture.id() : picture.id();
          listing.add(
              AnnotatedPair.of(
                  id,
                  List.of("split=" + part.getKey()),
                  picture.file(),
                  size -> painted(labels, size, mapping, yaml.names().size())));
        }
      }
    }
    if (without > 0) {
      listing.note(without + " pictures have no file of labels, and so no object");
    }
  }

  private record Found(String id, Path file) {}

  private List<Found> pictures(DataYaml yaml, Path file, String part, String written) {
    String name = written.replace('\\', '/');
    Path place = yaml.root().resolve(name).normalize();
    // Roboflow writes ../train/images for what lies in train/images beside the file.
    Path beside = yaml.root().resolve(name.replaceFirst("^(\\.\\./)+", "")).normalize();
    if (!Files.exists(place)) {
      place = beside;
    }
    if (Files.isDirectory(place)) {
      Path folder = place;
      return PictureTree.files(place, 9).stream()
          .map(picture -> new Found(PictureTree.stem(folder, picture), picture))
          .toList();
    }
    if (Files.isRegularFile(place) && name.endsWith(".txt")) {
      return listed(place, yaml.root());
    }
    listing.skip(
        "%s: expected the pictures of %s at %s, found no such folder; correct the path or skip broken pairs"
            .formatted(file, part, place));
    return List.of();
  }

  private List<Found> listed(Path list, Path root) {
    List<Found> found = new ArrayList<>();
    for (String line : lines(list)) {
      if (line.isBlank()) {
        continue;
      }
      Path picture = root.resolve(line.strip().replace('\\', '/')).normalize();
      if (Files.isRegularFile(picture)) {
        found.add(new Found(PictureTree.stem(root, picture), picture));
      } else {
        listing.skip(
            "%s: expected the picture %s, found no such file; correct the path or skip broken pairs"
                .formatted(list, picture));
      }
    }
    return found;
  }

  /** {@code labels} for the last {@code images} of a path, as YOLO has it. */
  private static Path labels(Path picture) {
    String text = PictureTree.stem(Path.of("/"), picture.toAbsolutePath());
    int at = ("/" + text).lastIndexOf("/images/");
    String swapped =
        at < 0 ? text : text.substring(0, at) + "labels/" + text.substring(at + "images/".length());
    return Path.of("/").resolve(swapped + ".txt");
  }

  private static LabelMap painted(
      Path file, PictureSize size, ClassMapping mapping, int categories) {
    List<Region> regions = new ArrayList<>();
    if (Files.isRegularFile(file)) {
      List<String> lines = lines(file);
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i).strip();
        if (!line.isEmpty()) {
          regions.add(region(line, file, i + 1, size, categories));
        }
      }
    }
    return Region.paint(
        regions, size.height(), size.width(), mapping, Region.Overlap.SMALLER_ON_TOP);
  }

  private static Region region(
      String line, Path file, int number, PictureSize size, int categories) {
    String[] words = line.split("\\s+", -1);
    if (words.length == 5) {
      throw new UserError(
          "%s: line %d: expected a class and the corners of a polygon, found a box; detection data has no masks"
              .formatted(file, number));
    }
    try {
      int category = Integer.parseInt(words[0]);
      if (category < 0 || category >= categories || words.length < 7 || words.length % 2 == 0) {
        throw new UserError(
            "%s: line %d: expected a class 0..%d and x and y of three corners or more, found '%s'"
                .formatted(file, number, categories - 1, shortened(line)));
      }
      float[] ring = new float[words.length - 1];
      for (int i = 0; i < ring.length; i++) {
        float share = Float.parseFloat(words[i + 1]);
        if (!(share >= -0.01f && share <= 1.01f)) {
          throw new UserError(
              "%s: line %d: expected corners as shares of the picture, 0..1, found %s"
                  .formatted(file, number, words[i + 1]));
        }
        ring[i] = share * (i % 2 == 0 ? size.width() : size.height());
      }
      return new Region(category, false, new Shape.Polygons(new float[][] {ring}));
    } catch (NumberFormatException e) {
      throw new UserError(
          "%s: line %d: expected numbers, found '%s'".formatted(file, number, shortened(line)), e);
    }
  }

  private static String shortened(String line) {
    return line.length() <= 40 ? line : line.substring(0, 39) + "…";
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UserError(file + ": expected a text file in UTF-8, but it cannot be read", e);
    }
  }

  private static Optional<Path> yaml(Path path) {
    if (Files.isRegularFile(path)) {
      return Optional.of(path).filter(YoloFolder::isYaml).filter(DataYaml::is);
    }
    try (Stream<Path> children = Files.list(path)) {
      return children.filter(YoloFolder::isYaml).filter(DataYaml::is).sorted().findFirst();
    } catch (IOException e) {
      throw new UserError(path + ": expected a readable folder, but it cannot be listed", e);
    }
  }

  private static boolean isYaml(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".yaml") || name.endsWith(".yml");
  }

  /** {@code labels/} of texts without pictures, beside {@code images/}. */
  private static boolean hasTexts(Path path) {
    Path labels = path.resolve("labels");
    if (!Files.isDirectory(path.resolve("images"))
        || !Files.isDirectory(labels)
        || PairedFolders.hasPictures(labels)) {
      return false;
    }
    try (Stream<Path> walk = Files.walk(labels, 3)) {
      return walk.anyMatch(file -> file.toString().endsWith(".txt"));
    } catch (IOException e) {
      return false;
    }
  }
}
