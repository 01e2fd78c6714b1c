package org.compnn.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MaskTest {
  private static Mask mask(String... rows) {
    BitSet pixels = new BitSet();
    for (int y = 0; y < rows.length; y++) {
      for (int x = 0; x < rows[y].length(); x++) {
        pixels.set(y * rows[y].length() + x, rows[y].charAt(x) == '#');
      }
    }
    return new Mask(rows.length, rows[0].length(), pixels);
  }

  @Test
  void runLengthsGoDownTheColumnsAndBeginOutside() {
    assertThat(mask("#.", "##").runs()).containsExactly(0, 2, 1, 1);
    assertThat(mask("..", "..").runs()).containsExactly(4);
  }

  @Test
  void pixelsThatTouchAtACornerAreApart() {
    List<Mask> parts = mask("#..", ".##").components();
    assertThat(parts).extracting(Mask::count).containsExactly(2, 1);
    assertThat(mask("#..", ".##").rings()).hasSize(2);
  }

  @Test
  void aHoleHasARingOfItsOwn() {
    assertThat(mask("###", "#.#", "###").rings()).hasSize(2);
    assertThat(mask("###", "###", "###").rings().getFirst()).hasSize(4);
    assertThat(mask("####", "####", "####").eroded(1).count()).isEqualTo(12);
    assertThat(mask(".....", ".###.", ".###.", ".###.", ".....").eroded(1).count()).isEqualTo(1);
  }

  /** The area that rings enclose, holes taken off, is the number of pixels (shoelace formula). */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void ringsEncloseAsManyPixelsAsThereAre(long seed) {
    Random random = new Random(seed);
    BitSet pixels = new BitSet();
    for (int i = 0; i < 13 * 17; i++) {
      pixels.set(i, random.nextInt(100) < 55);
    }
    Mask mask = new Mask(13, 17, pixels);
    long doubled = 0;
    for (List<Mask.Corner> ring : mask.rings()) {
      for (int i = 0; i < ring.size(); i++) {
        Mask.Corner a = ring.get(i);
        Mask.Corner b = ring.get((i + 1) % ring.size());
        doubled += (long) a.column() * b.row() - (long) b.column() * a.row();
      }
    }
    assertThat(doubled).isEqualTo(2L * mask.count());
    assertThat(mask.components().stream().mapToInt(Mask::count).sum()).isEqualTo(mask.count());
  }
}
