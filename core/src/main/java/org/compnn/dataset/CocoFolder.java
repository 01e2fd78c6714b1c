package org.compnn.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.compnn.problem.UserError;

/**
 * Pictures with annotations in COCO's JSON: {@code annotations/instances_train2017.json} beside
 * {@code train2017/} or {@code images/}, {@code train/_annotations.coco.json} beside its pictures,
 * {@code labels.json} beside {@code data/}, or a file given by itself.
 */
record CocoFolder(Path path, Listing listing) {
  private static final Pattern HEAD =
      Pattern.compile("\"(images|annotations|categories)\"\\s*:\\s*\\[");
  private static final int HEAD_BYTES = 1 << 16;
  private static final int MOST_FILES = 64;
  private static final List<String> OTHERS =
      List.of("captions_", "person_keypoints_", "image_info_");
  private static final List<String> KINDS = List.of("instances_", "panoptic_", "stuff_");

  static boolean isAt(Path path) {
    return !files(path).isEmpty();
  }

  void list() {
    List<Path> files = chosen(files(path));
    if (files.isEmpty()) {
      throw new UserError(path + ": expected COCO annotations (.json), found none");
    }
    List<CocoJson> all = new ArrayList<>();
    Map<Long, String> categories = new TreeMap<>();
    for (Path file : files) {
      CocoJson coco = CocoJson.read(file);
      if (!coco.hasShapes()) {
        throw new UserError(
            file
                + ": expected segmentations, found "
                + (coco.withoutShape() > 0 ? "boxes or texts alone" : "no annotations")
                + "; give a file that has polygons or run lengths");
      }
      coco.categories()
          .forEach(
              (id, name) -> {
                String other = categories.putIfAbsent(id, name);
                if (other != null && !other.equals(name)) {
                  throw new UserError(
                      "%s: expected category %d to be %s as in %s, found %s; give one file"
                          .formatted(file, id, other, files.getFirst(), name));
                }
              });
      if (coco.withoutShape() > 0) {
        listing.note(
            String.format(
                Locale.ROOT,
                "%d annotations of %s have a box and no segmentation; left out",
                coco.withoutShape(),
                file.getFileName()));
      }
      all.add(coco);
    }
    ClassMapping mapping =
        ClassMapping.ofShapes(List.copyOf(categories.values()), listing, files.getFirst());
    Map<Long, Integer> places = new HashMap<>();
    categories.keySet().forEach(id -> places.put(id, places.size()));
    for (int i = 0; i < files.size(); i++) {
      new CocoPairs(files.get(i), all.get(i), places, mapping, listing, files.size() > 1).list();
    }
  }

  /** One kind of annotation: pictures would be listed twice otherwise. */
  private List<Path> chosen(List<Path> files) {
    for (String kind : KINDS) {
      List<Path> ofKind = files.stream().filter(file -> name(file).startsWith(kind)).toList();
      if (!ofKind.isEmpty()) {
        List<Path> left = files.stream().filter(file -> !ofKind.contains(file)).toList();
        if (!left.isEmpty()) {
          listing.note(
              "Took %s*.json; %s is read when its file is given"
                  .formatted(kind, left.getFirst().getFileName()));
        }
        return ofKind;
      }
    }
    return files;
  }

  private static List<Path> files(Path path) {
    if (Files.isRegularFile(path)) {
      return name(path).endsWith(".json") && looksRight(path) ? List.of(path) : List.of();
    }
    Set<Path> files = new HashSet<>(jsons(path));
    for (Path child : PairedFolders.children(path).values()) {
      if (name(child).startsWith("annotation")) {
        files.addAll(jsons(child));
      } else {
        Path roboflow = child.resolve("_annotations.coco.json");
        if (Files.isRegularFile(roboflow)) {
          files.add(roboflow);
        }
      }
    }
    return files.stream().filter(CocoFolder::looksRight).sorted().toList();
  }

  private static List<Path> jsons(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      List<Path> found =
          children
              .filter(file -> name(file).endsWith(".json") && !name(file).startsWith("."))
              .filter(file -> OTHERS.stream().noneMatch(name(file)::startsWith))
              .limit(MOST_FILES + 1)
              .toList();
      // So many are one for each picture, as other programs write them.
      return found.size() > MOST_FILES ? List.of() : found;
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

  private static String name(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT);
  }
}
