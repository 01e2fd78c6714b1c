package org.compnn.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.compnn.image.LabelMap;
import org.compnn.image.PictureSize;
import org.compnn.problem.UserError;

/**
 * LabelMe: a JSON file of shapes for each picture, which lies beside it or within. Later shapes lie
 * on top. The classes are those of {@code labels.txt} where it is there, else all names in the
 * order of the alphabet.
 *
 * @see <a href="https://github.com/wkentaro/labelme">labelme</a>
 */
record LabelMeFolder(Path path, Listing listing) {
  private static final Pattern HEAD =
      Pattern.compile("\"(shapes|imagePath|imageData)\"\\s*:", Pattern.DOTALL);
  private static final int HEAD_BYTES = 4096;
  private static final String IGNORE = "__ignore__";

  static boolean isAt(Path path) {
    return jsons(path).stream().limit(3).anyMatch(LabelMeFolder::looksRight);
  }

  void list() {
    List<LabelMeJson> all = new ArrayList<>();
    for (Path file : jsons(path)) {
      if (!looksRight(file)) {
        continue;
      }
      try {
        all.add(LabelMeJson.read(file));
      } catch (UserError e) {
        listing.skip(String.valueOf(e.getMessage()));
      }
    }
    List<String> names = names(all);
    ClassMapping mapping = ClassMapping.ofShapes(names, listing, path).with(LabelMap.UNLABELLED);
    Tags tags = Tags.beside(path);
    int without = 0;
    for (LabelMeJson json : all) {
      without += json.withoutArea();
      List<Region> regions = new ArrayList<>();
      for (LabelMeJson.Labelled shape : json.shapes()) {
        int category = shape.name().equals(IGNORE) ? names.size() : names.indexOf(shape.name());
        if (category < 0) {
          throw new UserError(
              "%s: expected the names of labels.txt, found '%s'; add it there"
                  .formatted(json.file(), shape.name()));
        }
        regions.add(new Region(category, false, shape.shape()));
      }
      Optional<Path> picture = json.picture();
      String id = PictureTree.stem(path, json.file());
      List<String> tagged = tags.of(id, PictureTree.folders(path, json.file()));
      if (picture.isEmpty() && !json.embedded()) {
        listing.skip(
            "%s: expected the picture '%s' beside it or within, found none; add it or skip broken pairs"
                .formatted(json.file(), json.imagePath()));
        continue;
      }
      AnnotatedPair.Labels labels = size -> painted(json, regions, size, mapping);
      listing.add(
          picture
              .map(file -> AnnotatedPair.of(id, tagged, file, labels))
              .orElseGet(() -> new AnnotatedPair(id, tagged, json::embeddedPicture, labels)));
    }
    if (without > 0) {
      listing.note(without + " lines and points of annotations cover no pixels; left out");
    }
  }

  private static LabelMap painted(
      LabelMeJson json, List<Region> regions, PictureSize size, ClassMapping mapping) {
    if (json.height() > 0 && (json.height() != size.height() || json.width() != size.width())) {
      throw new UserError(
          "%s: expected a picture of %d x %d pixels, found %s; was it resized or turned after it was annotated?"
              .formatted(json.file(), json.width(), json.height(), size));
    }
    return Region.paint(regions, size.height(), size.width(), mapping, Region.Overlap.LATER_ON_TOP);
  }

  private List<String> names(List<LabelMeJson> all) {
    Path file = path.resolve("labels.txt");
    if (Files.isRegularFile(file)) {
      try {
        return Files.readAllLines(file).stream()
            .map(String::strip)
            .filter(name -> !name.isEmpty() && !name.equals(IGNORE))
            .toList();
      } catch (IOException e) {
        throw new UserError(file + ": expected a text file in UTF-8, but it cannot be read", e);
      }
    }
    TreeSet<String> names = new TreeSet<>();
    all.forEach(json -> json.shapes().forEach(shape -> names.add(shape.name())));
    names.remove(IGNORE);
    return List.copyOf(names);
  }

  private static List<Path> jsons(Path folder) {
    try (Stream<Path> walk = Files.walk(folder, 9)) {
      return walk.filter(file -> file.toString().endsWith(".json") && Files.isRegularFile(file))
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted(Comparator.comparing(Path::toString, PictureTree::natural))
          .toList();
    } catch (IOException e) {
      throw new UserError(folder + ": expected a readable folder, but it cannot be listed", e);
    }
  }

  private static boolean looksRight(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return HEAD.matcher(new String(in.readNBytes(HEAD_BYTES), StandardCharsets.UTF_8)).find();
    } catch (IOException e) {
      return false;
    }
  }
}
