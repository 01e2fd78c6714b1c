package org.compnn.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.compnn.image.Picture;
import org.compnn.image.PictureSize;
import org.junit.jupiter.api.Test;

/** Where a picture lies in the input of a network. */
final class FrameTest {
  private static final Picture OWN = MirrorNetwork.ramp(40, 80);
  private static final PictureSize SIZE = new PictureSize(40, 80);

  private static int red(Picture picture, int row, int column) {
    return picture.rgb()[(row * picture.width() + column) * 3] & 0xff;
  }

  @Test
  void aPictureThatWasMadeSmallerCanBeSeenAsItIs() {
    Frame frame = Frame.whole(SIZE, new PictureSize(20, 20));
    assertThat(frame.isCoarse()).isTrue();
    Picture fine = frame.fine(OWN, 1000).orElseThrow();
    // As wide as the picture, and as tall as the input then is.
    assertThat(fine.height()).isEqualTo(80);
    assertThat(fine.width()).isEqualTo(80);
    assertThat(frame.fine(OWN, 30).orElseThrow().width()).isEqualTo(30);
  }

  @Test
  void whatWasCutIsNotSeenAndPaddingIsBlack() {
    // Made half as large, ten columns cut off at both sides, five rows added above and below.
    Frame frame = new Frame(SIZE, new PictureSize(20, 40), 5, -10, new PictureSize(30, 20));
    Picture fine = frame.fine(OWN, 1000).orElseThrow();
    assertThat(fine.height()).isEqualTo(60);
    assertThat(fine.width()).isEqualTo(40);
    for (int column : new int[] {0, 17, 39}) {
      assertThat(red(fine, 9, column)).isZero();
      assertThat(red(fine, 50, column)).isZero();
      for (int row : new int[] {10, 30, 49}) {
        assertThat(red(fine, row, column)).isEqualTo(red(OWN, row - 10, column + 20));
      }
    }
  }

  @Test
  void whatTheNetworkSawWholeIsNoFiner() {
    Frame enlarged = Frame.whole(SIZE, new PictureSize(80, 160));
    assertThat(enlarged.isCoarse()).isFalse();
    assertThat(enlarged.fine(OWN, 1000)).isEmpty();
    Frame ofAnother = Frame.whole(new PictureSize(41, 80), new PictureSize(20, 20));
    assertThat(ofAnother.fine(OWN, 1000)).isEmpty();
  }
}
