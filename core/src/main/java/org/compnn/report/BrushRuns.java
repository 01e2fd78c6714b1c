package org.compnn.report;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.compnn.compose.Mask;

/**
 * A mask as Label Studio's brush has it: four equal channels of 0 or 255 a pixel, row by row, as
 * runs of bits packed into bytes. A head says how many numbers there are (32 bits), how long each
 * is (5 bits, less one) and the four lengths that counts can have (4 bits each, less one); then
 * each run has a bit for "repeated", two for the length of its count, the count less one, and the
 * number.
 */
final class BrushRuns {
  private static final int CHANNELS = 4;
  private static final int WORD = 8;
  private static final int[] SIZES = {3, 4, 8, 16};
  private static final int LONGEST = 1 << SIZES[3];

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int held;
  private int bits;

  private BrushRuns() {}

  /** The bytes, 0..255 each. */
  static List<Integer> of(Mask mask) {
    BrushRuns runs = new BrushRuns();
    int pixels = mask.height() * mask.width();
    runs.write(Math.multiplyExact(pixels, CHANNELS), 32);
    runs.write(WORD - 1, 5);
    for (int size : SIZES) {
      runs.write(size - 1, 4);
    }
    for (int from = 0; from < pixels; ) {
      boolean inside = mask.pixels().get(from);
      int next = inside ? mask.pixels().nextClearBit(from) : mask.pixels().nextSetBit(from);
      int end = next < 0 ? pixels : Math.min(next, pixels);
      runs.run(inside ? 255 : 0, (end - from) * CHANNELS);
      from = end;
    }
    return runs.finish();
  }

  private void run(int number, int count) {
    int left = count;
    while (left > 0) {
      int part = Math.min(left, LONGEST);
      int size = 0;
      while (part > 1 << SIZES[size]) {
        size++;
      }
      write(1, 1);
      write(size, 2);
      write(part - 1, SIZES[size]);
      write(number, WORD);
      left -= part;
    }
  }

  private void write(int value, int count) {
    for (int bit = count - 1; bit >= 0; bit--) {
      held = held << 1 | (value >>> bit & 1);
      if (++bits == 8) {
        bytes.write(held);
        held = 0;
        bits = 0;
      }
    }
  }

  private List<Integer> finish() {
    if (bits > 0) {
      write(0, 8 - bits);
    }
    List<Integer> all = new ArrayList<>();
    for (byte each : bytes.toByteArray()) {
      all.add(each & 0xff);
    }
    return all;
  }
}
