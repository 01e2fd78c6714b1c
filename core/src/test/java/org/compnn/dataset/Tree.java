package org.compnn.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;

/** A small data set on disk, made by a test. */
record Tree(Path folder) {
  static final DatasetOptions STORED = DatasetOptions.of(new TargetFormat.AsStored());

  static DatasetOptions classes(String... names) {
    return DatasetOptions.of(
        new TargetFormat.Labels(Palette.of(List.of(names)), OptionalInt.empty()));
  }

  Tree photo(String name, int height, int width) {
    return bytes(name, PictureFile.png(Picture.black(height, width)));
  }

  /** A palette PNG whose stored numbers are the classes. */
  Tree labels(String name, int width, int... classes) {
    return bytes(
        name,
        PictureFile.png(
            new LabelMap(classes.length / width, width, narrow(classes)),
            Palette.of(List.of("a", "b", "c", "d"))));
  }

  /** A picture of these colours, 0xRRGGBB. */
  Tree colours(String name, int width, int... pixels) {
    byte[] rgb = new byte[pixels.length * 3];
    for (int i = 0; i < pixels.length; i++) {
      rgb[3 * i] = (byte) (pixels[i] >> 16);
      rgb[3 * i + 1] = (byte) (pixels[i] >> 8);
      rgb[3 * i + 2] = (byte) pixels[i];
    }
    return bytes(name, PictureFile.png(new Picture(pixels.length / width, width, rgb)));
  }

  Tree text(String name, String text) {
    return bytes(name, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  Tree bytes(String name, byte[] bytes) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Dataset open(DatasetOptions options) {
    return Dataset.open(folder, options);
  }

  /** The classes of a pair's pixels, 0..255. */
  static int[] target(Pair pair) {
    byte[] classes = ((LabelMap) pair.read().target().orElseThrow()).classes();
    int[] wide = new int[classes.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = classes[i] & 0xff;
    }
    return wide;
  }

  static byte[] narrow(int... classes) {
    byte[] bytes = new byte[classes.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) classes[i];
    }
    return bytes;
  }
}
