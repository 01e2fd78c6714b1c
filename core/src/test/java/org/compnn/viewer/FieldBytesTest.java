package org.compnn.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.compnn.files.Resource;
import org.compnn.search.Field;
import org.junit.jupiter.api.Test;

final class FieldBytesTest {
  private static final float NONE = Float.POSITIVE_INFINITY;

  /** The field of {@code field.base64}, which the scripts' tests read as well. */
  private static final Field FIELD =
      new Field(
          2,
          3,
          2,
          new int[] {-1, -1, 7, 300, 1, 7, 300, 0, 7, 1, 0, -1},
          new int[] {-1, -1, 40000, 1, 2, 3, 4, 5, 6, 7, 8, -1},
          new int[] {-1, -1, 8, 65534, 6, 5, 4, 3, 2, 1, 0, -1},
          new float[] {NONE, NONE, .5f, .75f, 1, 1.25f, 1.5f, 1.75f, 2, 2.25f, 2.5f, NONE});

  @Test
  void theBytesAreThoseThatTheScriptsRead() {
    String pinned = Resource.text(FieldBytesTest.class, "field.base64").strip();
    assertThat(FieldBytes.text(FIELD, 301)).isEqualTo(pinned);
    assertThat(FieldBytes.of(FIELD, 301)).isEqualTo(Base64.getDecoder().decode(pinned));
  }

  @Test
  void manyExemplarsHaveIndicesOfFourBytes() {
    ByteBuffer bytes = ByteBuffer.wrap(FieldBytes.of(FIELD, 70_000)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(bytes.capacity()).isEqualTo(28 + 12 * (4 + 4 + 2 + 2));
    assertThat(bytes.getInt(20)).isEqualTo(4);
    assertThat(bytes.getInt(28 + 12 * 4)).isEqualTo(-1);
    assertThat(bytes.getInt(28 + 12 * 4 + 3 * 4)).isEqualTo(300);
  }

  @Test
  void theHighestNumberOfTwoBytesIsKeptForNoExemplar() {
    assertThat(FieldBytes.of(FIELD, 0xffff - 1)[20]).isEqualTo((byte) 2);
    assertThat(FieldBytes.of(FIELD, 0xffff)[20]).isEqualTo((byte) 4);
  }
}
