package org.compnn.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutlinePathTest {
  @Test
  void aRectangleIsAFewSteps() {
    BitSet pixels = new BitSet();
    for (int row = 4; row < 10; row++) {
      pixels.set(row * 20 + 3, row * 20 + 8);
    }
    Mask mask = new Mask(12, 20, pixels);

    assertThat(OutlinePath.of(mask)).isEqualTo("M3 4h5v6h-5z");
    assertThat(OutlinePath.mask("M3 4h5v6h-5z", 12, 20)).isEqualTo(mask);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void aPathGivesBackEveryPixelOfItsMask(int seed) {
    Random random = new Random(seed);
    int height = 1 + random.nextInt(30);
    int width = 1 + random.nextInt(30);
    BitSet pixels = new BitSet();
    for (int i = 0; i < height * width; i++) {
      pixels.set(i, random.nextInt(8) < seed);
    }
    Mask mask = new Mask(height, width, pixels);

    assertThat(OutlinePath.mask(OutlinePath.of(mask), height, width)).isEqualTo(mask);
  }

  @Test
  void nothingIsAnEmptyPath() {
    assertThat(OutlinePath.of(new Mask(3, 3, new BitSet()))).isEmpty();
    assertThat(OutlinePath.mask("", 3, 3).count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "M",
        "M1",
        "M1 1h9z",
        "M1 1h1v1h-1",
        "L1 1",
        "M1 1c2 2 2 2z",
        "M1 1h1v1z",
        "M9999999999 1z",
        "M-1 0h1v1h-1z",
        "z"
      })
  void anythingElseIsRefused(String path) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OutlinePath.mask(path, 4, 4))
        .withMessageContaining("expected a path");
  }
}
