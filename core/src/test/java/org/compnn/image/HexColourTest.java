package org.compnn.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HexColourTest {
  @Test
  void aColourComesBackFromItsText() {
    for (int colour : new int[] {0, 0x0000ff, 0x80c0ff, 0xffffff}) {
      assertThat(HexColour.parse(HexColour.of(colour))).isEqualTo(colour);
    }
    assertThat(HexColour.of(0x0a0b0c)).isEqualTo("#0a0b0c");
    assertThat(HexColour.parse("#80C0FF")).isEqualTo(0x80c0ff);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "#", "80c0ff", "#80c0f", "#80c0ff0", "#80c0fg", "#-0c0ff", "red"})
  void whatIsNoColourIsRefusedAndShown(String text) {
    assertThatThrownBy(() -> HexColour.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no colour such as #80c0ff: '" + text + "'");
  }
}
