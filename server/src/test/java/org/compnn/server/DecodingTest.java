package org.compnn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.junit.jupiter.api.Test;

final class DecodingTest {
  private static final Picture LARGE = Picture.black(6000, 4000);
  private static final byte[] FILE = PictureFile.jpeg(LARGE, 0.5f);

  @Test
  void aPictureThatDecodesInTimeIsGiven() {
    Picture picture = new Decoding(Duration.ofMinutes(1), 1).decode(FILE, "picture");
    assertThat(picture.height()).isEqualTo(6000);
    assertThat(picture.width()).isEqualTo(4000);
  }

  @Test
  void oneThatTakesTooLongIsGivenUpAndKeepsItsPlaceUntilItEnds() {
    Decoding decoding = new Decoding(Duration.ofMillis(1), 1);
    assertThatThrownBy(() -> decoding.decode(FILE, "picture"))
        .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.status()).isEqualTo(422));
    assertThatThrownBy(() -> decoding.decode(FILE, "picture"))
        .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.status()).isEqualTo(503));
  }

  @Test
  void aBrokenPictureIsRefusedWithItsOwnMessage() {
    assertThatThrownBy(
            () -> new Decoding(Duration.ofMinutes(1), 1).decode(new byte[] {1}, "picture"))
        .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.status()).isEqualTo(422))
        .hasMessageStartingWith("picture: expected");
  }
}
