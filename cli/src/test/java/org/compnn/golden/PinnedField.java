package org.compnn.golden;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Arrays of matches or distances, whatever file they come from. */
final class PinnedField {
  /** The share of matches, and of distances, that must be the same on every processor. */
  private static final double SAME = 0.995;

  private final String head;
  private final int[] matches;
  private final float[] distances;

  /**
   * Takes arrays over.
   *
   * @param head all that says how the arrays are laid out
   * @param matches three numbers a match; empty where there are none
   * @param distances empty where there are none
   */
  private PinnedField(String head, int[] matches, float[] distances) {
    this.head = head;
    this.matches = matches;
    this.distances = distances;
  }

  /** Reads an NPY file of int32 (matches) or float32 (distances). */
  static PinnedField ofNpy(byte[] bytes) {
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int start = 10 + Short.toUnsignedInt(file.getShort(8));
    String head = new String(bytes, 0, start, StandardCharsets.ISO_8859_1);
    file.position(start);
    if (head.contains("<i4")) {
      int[] matches = new int[file.remaining() / 4];
      file.asIntBuffer().get(matches);
      return new PinnedField(head, matches, new float[0]);
    }
    float[] distances = new float[file.remaining() / 4];
    file.asFloatBuffer().get(distances);
    return new PinnedField(head, new int[0], distances);
  }

  /** Reads a field as the page does. */
  static PinnedField ofPage(byte[] bytes) {
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    StringBuilder head = new StringBuilder(new String(bytes, 0, 4, StandardCharsets.ISO_8859_1));
    for (int at = 4; at < 28; at += 4) {
      head.append(' ').append(file.getInt(at));
    }
    int count = file.getInt(8) * file.getInt(12) * file.getInt(16);
    int wide = file.getInt(20);
    head.append(", ").append(bytes.length).append(" bytes");
    file.position(28);
    float[] distances = new float[count];
    for (int i = 0; i < count; i++) {
      distances[i] = file.getFloat();
    }
    int[] matches = new int[3 * count];
    for (int i = 0; i < count; i++) {
      matches[3 * i] = wide == 2 ? Short.toUnsignedInt(file.getShort()) : file.getInt();
    }
    for (int part = 1; part < 3; part++) {
      for (int i = 0; i < count; i++) {
        matches[3 * i + part] = Short.toUnsignedInt(file.getShort());
      }
    }
    return new PinnedField(head.toString(), matches, distances);
  }

  /** What is unlike another one, in words; empty if nothing is. */
  String difference(PinnedField expected, boolean strict) {
    if (!head.equals(expected.head)
        || matches.length != expected.matches.length
        || distances.length != expected.distances.length) {
      return "expected the layout %s, found %s".formatted(expected.head, head);
    }
    int count = matches.length / 3;
    int unlike = 0;
    for (int i = 0; i < count; i++) {
      if (!Arrays.equals(matches, 3 * i, 3 * i + 3, expected.matches, 3 * i, 3 * i + 3)) {
        unlike++;
      }
    }
    int far = 0;
    for (int i = 0; i < distances.length; i++) {
      float was = expected.distances[i];
      if (strict
          ? Float.floatToRawIntBits(distances[i]) != Float.floatToRawIntBits(was)
          : !PinnedJson.near(was, distances[i])) {
        far++;
      }
    }
    int most = (int) ((1 - SAME) * Math.max(count, distances.length));
    return unlike > (strict ? 0 : most) || far > (strict ? 0 : most)
        ? String.format(
            Locale.ROOT,
            "%d of %d matches and %d of %d distances differ",
            unlike,
            count,
            far,
            distances.length)
        : "";
  }
}
