package org.compnn.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.compnn.files.Json;
import org.compnn.image.LabelMap;
import org.compnn.problem.UserError;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * nnU-Net's raw data of pictures: {@code dataset.json}, {@code imagesTr/CASE_0000.png}, {@code
 * labelsTr/CASE.png}, and the same with Ts where test labels are there.
 *
 * @see <a
 *     href="https://github.com/MIC-DKFZ/nnUNet/blob/master/documentation/dataset_format.md">nnU-Net
 *     dataset format</a>
 */
record NnUnetFolder(Path path, Listing listing) {
  private static final Pattern CHANNEL = Pattern.compile("(.*)_(\\d{4})");

  static boolean isAt(Path path) {
    return Files.isRegularFile(path.resolve("dataset.json"))
        && Files.isDirectory(path.resolve("imagesTr"));
  }

  void list() {
    Path file = path.resolve("dataset.json");
    JsonNode json = json(file);
    String ending = json.path("file_ending").asString(".nii.gz");
    if (!PictureTree.isPicture(Path.of("x" + ending))) {
      throw new UserError(
          "%s: expected pictures such as .png or .tif, found '%s' files; convert their slices"
              .formatted(file, ending));
    }
    CodedPair.Codes codes = codes(labels(json.path("labels"), file), file);
    list("Tr", "split=train", ending, codes);
    if (Files.isDirectory(path.resolve("imagesTs"))
        && Files.isDirectory(path.resolve("labelsTs"))) {
      list("Ts", "split=test", ending, codes);
    }
  }

  private void list(String part, String tag, String ending, CodedPair.Codes codes) {
    Path images = path.resolve("images" + part);
    Path labels = path.resolve("labels" + part);
    Map<String, List<Path>> cases = new TreeMap<>(PictureTree::natural);
    for (Path picture : PictureTree.files(images, 1)) {
      Matcher name = CHANNEL.matcher(PictureTree.stem(images, picture));
      if (name.matches()) {
        cases.computeIfAbsent(name.group(1), c -> new ArrayList<>()).add(picture);
      } else {
        listing.skip(
            "%s: expected CASE_0000%s, found another name; rename it or skip broken pairs"
                .formatted(picture, ending));
      }
    }
    cases.forEach(
        (id, channels) -> {
          Path target = labels.resolve(id + ending);
          if (channels.size() > 1) {
            throw new UserError(
                "%s: expected one file for each case, found %d channels (%s and %s); join them into one picture"
                    .formatted(
                        images,
                        channels.size(),
                        channels.getFirst().getFileName(),
                        channels.get(1).getFileName()));
          }
          if (!Files.isRegularFile(target)) {
            listing.skip(
                "%s: expected a target %s, found none; add it or skip broken pairs"
                    .formatted(channels.getFirst(), target));
            return;
          }
          listing.add(new CodedPair(id, List.of(tag), channels.getFirst(), target, codes));
        });
  }

  private CodedPair.Codes codes(Map<Integer, String> names, Path file) {
    List<Integer> values = new ArrayList<>();
    List<String> categories = new ArrayList<>();
    int[] classOf = new int[256];
    Arrays.fill(classOf, -1);
    classOf[LabelMap.UNLABELLED] = LabelMap.UNLABELLED;
    names.forEach(
        (value, name) -> {
          if (name.equals("ignore")) {
            classOf[value] = LabelMap.UNLABELLED;
          } else {
            values.add(value);
            categories.add(name);
          }
        });
    ClassMapping mapping = ClassMapping.of(categories, listing, file);
    for (int i = 0; i < values.size(); i++) {
      classOf[values.get(i)] = mapping.of(i) & 0xff;
    }
    return new CodedPair.Codes() {
      @Override
      public int ofIndex(int index) {
        return classOf[index];
      }

      @Override
      public int ofColour(int rgb) {
        int grey = rgb & 0xff;
        return rgb == grey * 0x010101 ? classOf[grey] : -1;
      }
    };
  }

  /** The names by their values; both orders of the two are in use. */
  private static Map<Integer, String> labels(JsonNode labels, Path file) {
    Map<Integer, String> names = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : labels.properties()) {
      JsonNode value = entry.getValue();
      boolean old = entry.getKey().matches("\\d+");
      String number = old ? entry.getKey() : value.asString("");
      if (!number.matches("\\d{1,3}") || Integer.parseInt(number) > LabelMap.UNLABELLED) {
        throw new UserError(
            "%s: expected a whole number 0..254 for each of 'labels', found %s for %s; regions of several labels are not read"
                .formatted(file, value, entry.getKey()));
      }
      names.put(Integer.valueOf(number), old ? value.asString("") : entry.getKey());
    }
    if (names.isEmpty()) {
      throw new UserError(file + ": expected 'labels' with names and numbers, found none");
    }
    return names;
  }

  private static JsonNode json(Path file) {
    try {
      return Json.tree(Files.readString(file));
    } catch (JacksonException | java.io.IOException e) {
      throw new UserError(file + ": expected nnU-Net's dataset.json, found something else", e);
    }
  }
}
