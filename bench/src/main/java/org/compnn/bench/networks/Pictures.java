package org.compnn.bench.networks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;

/** Generated pictures: slopes and discs of random colours under a little noise. */
final class Pictures {
  private static final int DISCS = 14;

  private Pictures() {}

  /** Writes as many to a folder, as 0.png, 1.png and so on. */
  static void write(Path folder, int count, int rows, int columns, boolean grey) {
    try {
      Files.createDirectories(folder);
      for (int number = 0; number < count; number++) {
        Files.write(
            folder.resolve(number + ".png"), PictureFile.png(picture(number, rows, columns, grey)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A picture; a grey one has three equal channels. */
  static Picture picture(int number, int rows, int columns, boolean grey) {
    Random random = new Random(number);
    byte[] rgb = new byte[rows * columns * 3];
    int[] ends = random.ints(6, 40, 200).toArray();
    for (int cell = 0; cell < rows * columns; cell++) {
      for (int c = 0; c < 3; c++) {
        int slope = ends[c] + (ends[c + 3] - ends[c]) * (cell / columns) / rows;
        rgb[cell * 3 + c] = (byte) (slope + random.nextInt(9));
      }
    }
    for (int disc = 0; disc < DISCS; disc++) {
      int y = random.nextInt(rows);
      int x = random.nextInt(columns);
      int radius = 3 + random.nextInt(Math.max(4, rows / 5));
      int[] colour = random.ints(3, 0, 247).toArray();
      for (int cell = 0; cell < rows * columns; cell++) {
        int down = cell / columns - y;
        int right = cell % columns - x;
        if (down * down + right * right < radius * radius) {
          for (int c = 0; c < 3; c++) {
            rgb[cell * 3 + c] = (byte) (colour[c] + random.nextInt(9));
          }
        }
      }
    }
    for (int cell = 0; grey && cell < rows * columns; cell++) {
      rgb[cell * 3 + 1] = rgb[cell * 3];
      rgb[cell * 3 + 2] = rgb[cell * 3];
    }
    return new Picture(rows, columns, rgb);
  }
}
