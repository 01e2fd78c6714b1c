package org.compnn.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.image.Raster;
import org.compnn.image.ValueFile;
import org.compnn.image.ValueMap;
import org.compnn.network.InputPart;
import org.compnn.network.Sample;
import org.compnn.network.ShownValues;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;

/** Reads what a network is given for one picture from files, as its inputs want it. */
public final class SampleFiles {
  /** nnU-Net's names of channels. */
  private static final Pattern FIRST_CHANNEL = Pattern.compile("(.*_)0000(\\.[^.]+)");

  private static final List<String> ENDINGS =
      List.of("png", "tif", "tiff", "npy", "jpg", "jpeg", "bmp");

  private SampleFiles() {}

  /**
   * Reads a sample.
   *
   * @param files the picture; or, for a network that reads values, files whose channels follow each
   *     other. With one file {@code x_0000.tif}, those of {@code x_0001.tif} and so on follow
   * @param inputs what the network reads, see {@link org.compnn.network.Network#inputs}
   * @param further the files of further inputs, by their names; one that is not there is looked for
   *     under the picture's name in a folder called like the input, beside that of the picture
   * @throws UserError where a file is missing, broken, or has other channels
   */
  public static Sample read(List<Path> files, List<InputPart> inputs, Map<String, Path> further) {
    InputPart first = inputs.getFirst();
    Map<String, Raster> rasters = new LinkedHashMap<>();
    for (InputPart part : inputs.subList(1, inputs.size())) {
      Optional.ofNullable(further.get(part.name()))
          .or(() -> beside(files.getFirst().toAbsolutePath(), part.name()))
          .ifPresent(file -> rasters.put(part.name(), raster(List.of(file), part)));
    }
    for (String name : further.keySet()) {
      if (inputs.stream().skip(1).noneMatch(i -> i.name().equals(name))) {
        throw UserError.about(
            Knob.INPUT,
            "%s: expected a file for a further input of the network, found none called '%s' among %s"
                .formatted(further.get(name), name, inputs.stream().map(InputPart::name).toList()));
      }
    }
    return switch (raster(files, first)) {
      case Picture picture -> Sample.of(picture).with(rasters);
      case ValueMap values -> new Sample(ShownValues.of(values), Optional.of(values), rasters);
      default -> throw new IllegalStateException(first.toString());
    };
  }

  private static Raster raster(List<Path> files, InputPart part) {
    if (part.kind() == InputPart.Kind.VALUES) {
      return values(files, part);
    }
    if (files.size() > 1) {
      throw new UserError(
          "%s: expected one picture for %s, found %d files"
              .formatted(files.getFirst(), part.name(), files.size()));
    }
    return PictureFile.read(files.getFirst());
  }

  private static ValueMap values(List<Path> files, InputPart part) {
    List<ValueMap> maps = new ArrayList<>();
    for (Path file : files.size() == 1 ? channels(files.getFirst(), part.channels()) : files) {
      maps.add(channelsLast(ValueFile.read(file), part.channels()));
    }
    ValueMap first = maps.getFirst();
    int channels = 0;
    for (ValueMap map : maps) {
      channels += map.channels();
      if (map.height() != first.height() || map.width() != first.width()) {
        throw new UserError(
            "%s: expected bands of one size, found %dx%d and %dx%d"
                .formatted(
                    files.getFirst(), first.height(), first.width(), map.height(), map.width()));
      }
    }
    if (channels != part.channels()) {
      throw new UserError(
          "%s: expected %d channels for the network's input %s, found %d (%dx%d)"
              .formatted(
                  files.getFirst(),
                  part.channels(),
                  part.name(),
                  channels,
                  first.height(),
                  first.width()));
    }
    return maps.size() == 1 ? first : joined(maps, channels);
  }

  private static ValueMap joined(List<ValueMap> maps, int channels) {
    ValueMap first = maps.getFirst();
    int pixels = first.height() * first.width();
    float[] values = new float[Math.multiplyExact(pixels, channels)];
    int from = 0;
    for (ValueMap map : maps) {
      for (int p = 0; p < pixels; p++) {
        System.arraycopy(
            map.values(), p * map.channels(), values, p * channels + from, map.channels());
      }
      from += map.channels();
    }
    return new ValueMap(first.height(), first.width(), channels, values);
  }

  /** The file and those of its further channels, in nnU-Net's names. */
  private static List<Path> channels(Path file, int channels) {
    List<Path> files = new ArrayList<>(List.of(file));
    Matcher name = FIRST_CHANNEL.matcher(file.getFileName().toString());
    for (int c = 1; name.matches() && c < channels; c++) {
      Path next =
          file.resolveSibling(
              String.format(Locale.ROOT, "%s%04d%s", name.group(1), c, name.group(2)));
      if (!Files.exists(next)) {
        break;
      }
      files.add(next);
    }
    return files;
  }

  /** Turns (channels, rows, columns) round, where only that fits. */
  private static ValueMap channelsLast(ValueMap map, int channels) {
    if (map.channels() == channels || map.height() != channels) {
      return map;
    }
    int rows = map.width();
    int columns = map.channels();
    float[] values = new float[map.values().length];
    for (int c = 0; c < channels; c++) {
      for (int p = 0; p < rows * columns; p++) {
        values[p * channels + c] = map.values()[c * rows * columns + p];
      }
    }
    return new ValueMap(rows, columns, channels, values);
  }

  /** What a folder with the files of an input may be called. */
  private static List<String> folders(String input) {
    return List.of(input, input.toLowerCase(Locale.ROOT), "input-" + input);
  }

  /** Whether a folder is called as those with the files of a network's further inputs are. */
  static boolean isOfFurtherInput(String folder, List<InputPart> inputs) {
    return inputs.stream().skip(1).anyMatch(input -> folders(input.name()).contains(folder));
  }

  /** The file of the same name in a folder that is named after an input. */
  private static Optional<Path> beside(Path file, String input) {
    Path folder = file.getParent();
    while (folder != null && folder.getParent() != null) {
      String rest = PictureTree.stem(folder, file);
      for (String name : folders(input)) {
        for (String ending : ENDINGS) {
          Path there = folder.resolveSibling(name).resolve(rest + "." + ending);
          if (Files.isRegularFile(there)) {
            return Optional.of(there);
          }
        }
      }
      folder = folder.getParent();
    }
    return Optional.empty();
  }
}
