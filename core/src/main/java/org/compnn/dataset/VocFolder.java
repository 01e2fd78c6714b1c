package org.compnn.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.problem.UserError;

/**
 * Pascal VOC: {@code JPEGImages/}, {@code SegmentationClass/} of palette pictures (255 is the
 * unlabelled border), and {@code ImageSets/Segmentation/train.txt} and others that list the parts.
 * The classes are those of {@code labelmap.txt} (CVAT) or {@code class_names.txt} (LabelMe) where
 * one is there, and VOC's own 21 where the folder is named after VOC.
 */
record VocFolder(Path path, Listing listing) {
  private static final List<String> NAMES =
      List.of(
          "background",
          "aeroplane",
          "bicycle",
          "bird",
          "boat",
          "bottle",
          "bus",
          "car",
          "cat",
          "chair",
          "cow",
          "diningtable",
          "dog",
          "horse",
          "motorbike",
          "person",
          "pottedplant",
          "sheep",
          "sofa",
          "train",
          "tvmonitor");

  /** Every number is a class of its own. */
  private static final Palette ANY = Palette.of(Collections.nCopies(LabelMap.UNLABELLED, "class"));

  /** The colour of the border in VOC's palette, where a picture has colours. */
  private static final int BORDER = 0xe0e0c0;

  static boolean isAt(Path path) {
    return Files.isDirectory(path.resolve("JPEGImages")) && targets(path).isPresent();
  }

  void list() {
    Path inputs = path.resolve("JPEGImages");
    Path targets =
        targets(path)
            .orElseThrow(
                () ->
                    new UserError(
                        path + ": expected SegmentationClass/ beside JPEGImages/, found none"));
    CodedPair.Codes codes = codes();
    Map<String, List<String>> splits = splits();
    Map<String, Path> photos = new LinkedHashMap<>();
    for (Path file : PictureTree.files(inputs, 9)) {
      photos.put(PictureTree.stem(inputs, file), file);
    }
    int listed = 0;
    List<Path> labels = PictureTree.files(targets, 9);
    for (Path label : labels) {
      String id = PictureTree.stem(targets, label);
      if (!splits.isEmpty() && !splits.containsKey(id)) {
        continue;
      }
      listed++;
      Path photo = photos.get(id);
      if (photo == null) {
        listing.skip(
            "%s: expected an input %s.*, found none; add it or skip broken pairs"
                .formatted(label, inputs.resolve(id)));
      } else {
        listing.add(new CodedPair(id, splits.getOrDefault(id, List.of()), photo, label, codes));
      }
    }
    if (listed < labels.size()) {
      listing.note(
          String.format(
              Locale.ROOT,
              "%d label pictures that ImageSets/Segmentation does not list are left out",
              labels.size() - listed));
    }
    if (photos.size() > labels.size()) {
      listing.note(
          String.format(
              Locale.ROOT,
              "%d pictures without segmentation are left out, as VOC means it",
              photos.size() - labels.size()));
    }
  }

  private static Optional<Path> targets(Path path) {
    return PairedFolders.children(path).entrySet().stream()
        .filter(child -> child.getKey().startsWith("segmentationclass"))
        .filter(child -> PairedFolders.hasPictures(child.getValue()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** The tags of each picture that a list names; no entries if there are no lists. */
  private Map<String, List<String>> splits() {
    Map<String, List<String>> splits = new HashMap<>();
    // The union of both says nothing of its own.
    for (String part : List.of("train", "val", "test", "default", "trainval")) {
      Path file = path.resolve("ImageSets/Segmentation").resolve(part + ".txt");
      if (Files.isRegularFile(file)) {
        for (String line : lines(file)) {
          if (!line.isBlank()) {
            splits.putIfAbsent(
                line.strip(), Splits.is(part) ? List.of("split=" + part) : List.of());
          }
        }
      }
    }
    return splits;
  }

  private CodedPair.Codes codes() {
    Map<Integer, Integer> colours = new HashMap<>();
    List<String> names = names(colours);
    if (names.isEmpty()) {
      return plain(
          listing.format() instanceof TargetFormat.Labels labels
              ? labels
              : new TargetFormat.Labels(ANY, OptionalInt.empty()));
    }
    ClassMapping mapping = ClassMapping.of(names, listing, path);
    return new CodedPair.Codes() {
      @Override
      public int ofIndex(int index) {
        return index == LabelMap.UNLABELLED
            ? index
            : index < names.size() ? mapping.of(index) & 0xff : -1;
      }

      @Override
      public int ofColour(int rgb) {
        return rgb == BORDER
            ? LabelMap.UNLABELLED
            : ofIndex(
                colours.getOrDefault(rgb, colours.isEmpty() ? index(rgb) : Integer.MAX_VALUE));
      }
    };
  }

  private static CodedPair.Codes plain(TargetFormat.Labels format) {
    OptionalInt ignored = format.ignored();
    return new CodedPair.Codes() {
      @Override
      public int ofIndex(int index) {
        int value = format.reduced() ? index - 1 : index;
        if (index == LabelMap.UNLABELLED
            || value < 0
            || (ignored.isPresent() && ignored.getAsInt() == value)) {
          return LabelMap.UNLABELLED;
        }
        return value < format.palette().size() ? value : -1;
      }

      @Override
      public int ofColour(int rgb) {
        return rgb == BORDER ? LabelMap.UNLABELLED : ofIndex(index(rgb));
      }
    };
  }

  /** The class of a colour of VOC's palette: its bits are dealt out to the three channels. */
  private static int index(int rgb) {
    int index = 0;
    for (int bit = 0; bit < 8; bit++) {
      int channel = rgb >> (16 - 8 * (bit % 3)) & 0xff;
      index |= (channel >> (7 - bit / 3) & 1) << bit;
    }
    return colour(index) == rgb ? index : Integer.MAX_VALUE;
  }

  private static int colour(int index) {
    int rgb = 0;
    for (int bit = 0; bit < 8; bit++) {
      rgb |= (index >> bit & 1) << (16 - 8 * (bit % 3) + 7 - bit / 3);
    }
    return rgb;
  }

  private List<String> names(Map<Integer, Integer> colours) {
    Path labelMap = path.resolve("labelmap.txt");
    if (Files.isRegularFile(labelMap)) {
      List<String> names = new ArrayList<>();
      for (String line : lines(labelMap)) {
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        String[] parts = line.split(":", -1);
        String[] rgb = parts.length > 1 ? parts[1].split(",", -1) : new String[0];
        try {
          if (rgb.length == 3) {
            int colour =
                Integer.parseInt(rgb[0].strip()) << 16
                    | Integer.parseInt(rgb[1].strip()) << 8
                    | Integer.parseInt(rgb[2].strip());
            colours.put(colour, names.size());
          }
        } catch (NumberFormatException e) {
          throw new UserError(
              labelMap + ": expected name:red,green,blue::, found '" + line.strip() + "'", e);
        }
        names.add(parts[0].strip());
      }
      return names;
    }
    Path classNames = path.resolve("class_names.txt");
    if (Files.isRegularFile(classNames)) {
      return lines(classNames).stream().map(String::strip).filter(n -> !n.isEmpty()).toList();
    }
    return path.toAbsolutePath().normalize().getFileName().toString().startsWith("VOC")
        ? NAMES
        : List.of();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UserError(file + ": expected a text file in UTF-8, but it cannot be read", e);
    }
  }
}
