package org.compnn.network;

import java.nio.FloatBuffer;
import java.util.List;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.image.ValueMap;

/** Writes what a network is given as the numbers that its input wants. */
final class InputWriting {
  private final PictureInput input;
  private final Preprocessing how;
  private final float[][] tables;

  InputWriting(PictureInput input, Preprocessing how) {
    this.input = input;
    this.how = how;
    this.tables = how.tables();
  }

  /**
   * Writes a sample into each picture of the batch.
   *
   * @param seen of the size of the network's window
   */
  void write(Sample seen, FloatBuffer into) {
    int channel = 0;
    for (InputPart part : input.parts()) {
      boolean first = channel == 0;
      Raster raster = first && seen.values().isEmpty() ? seen.picture() : raster(seen, part, first);
      Plane plane = plane(raster, part, first);
      for (int c = 0; c < part.channels(); c++) {
        put(plane, c, channel++, raster.height(), raster.width(), into);
      }
    }
  }

  private static Raster raster(Sample seen, InputPart part, boolean first) {
    if (first) {
      return seen.values().orElseThrow();
    }
    Raster further = seen.further().get(part.name());
    if (further == null) {
      throw new IllegalArgumentException(part.name() + " has nothing to read");
    }
    return further;
  }

  /** Sets the picture to 0, the mean colour after normalisation, where a mask is black. */
  void blank(Picture mask, FloatBuffer into) {
    int pixels = mask.height() * mask.width();
    int all = input.allChannels();
    for (int p = 0; p < pixels; p++) {
      if (mask.rgb()[3 * p] == 0) {
        for (int picture = 0; picture < input.batch(); picture++) {
          for (int c = 0; c < input.channels(); c++) {
            int at = input.channelsLast() ? p * all + c : c * pixels + p;
            into.put(picture * all * pixels + at, 0);
          }
        }
      }
    }
  }

  /** A channel of a pixel as the network wants it. */
  private interface Plane {
    float at(int pixel, int channel);
  }

  private Plane plane(Raster raster, InputPart part, boolean first) {
    return switch (raster) {
      case Picture picture -> {
        byte[] rgb = picture.rgb();
        if (part.channels() == 1) {
          float[] table = tables[0];
          yield (pixel, c) -> table[grey(rgb, pixel * 3)];
        }
        yield (pixel, c) -> tables[c][rgb[pixel * 3 + (how.flipped() ? 2 - c : c)] & 0xff];
      }
      case LabelMap mask -> (pixel, c) -> mask.classes()[pixel] == 1 ? 1 : 0;
      case ValueMap values -> {
        List<Double> mean = how.mean();
        List<Double> deviation = how.deviation();
        yield (pixel, c) -> {
          double value = values.values()[pixel * values.channels() + c] * how.scale();
          double number = first ? (value - mean.get(c)) / deviation.get(c) : value;
          return Double.isNaN(number) ? 0 : (float) number;
        };
      }
    };
  }

  private void put(Plane plane, int from, int channel, int height, int width, FloatBuffer into) {
    int all = input.allChannels();
    int pixels = height * width;
    float[] row = new float[width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        row[x] = plane.at(y * width + x, from);
      }
      for (int picture = 0; picture < input.batch(); picture++) {
        int start = picture * all * pixels;
        if (!input.channelsLast()) {
          into.put(start + channel * pixels + y * width, row, 0, width);
          continue;
        }
        for (int x = 0; x < width; x++) {
          into.put(start + (y * width + x) * all + channel, row[x]);
        }
      }
    }
  }

  /** ITU-R 601 luma in the whole numbers that Pillow's {@code convert("L")} takes. */
  private static int grey(byte[] rgb, int at) {
    return ((rgb[at] & 0xff) * 19595
            + (rgb[at + 1] & 0xff) * 38470
            + (rgb[at + 2] & 0xff) * 7471
            + 0x8000)
        >> 16;
  }
}
