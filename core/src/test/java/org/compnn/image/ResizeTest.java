package org.compnn.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected numbers are Pillow's for the same picture. */
final class ResizeTest {
  private static Picture picture() {
    byte[] rgb = new byte[12 * 10 * 3];
    for (int r = 0; r < 12; r++) {
      for (int c = 0; c < 10; c++) {
        for (int k = 0; k < 3; k++) {
          rgb[(r * 10 + c) * 3 + k] = (byte) (r * 37 + c * 91 + k * 53 + r * c * 7);
        }
      }
    }
    return new Picture(12, 10, rgb);
  }

  @ParameterizedTest
  @CsvSource({
    "NEAREST,"
        + " 87bcf14b80b571a6db356a9fdf1449bff4290f4479ef24596398cd6da2d7fc3166063b70bbf025e1164b9acf04c0f52a13487d558abf386da27aafe4",
    "LANCZOS,"
        + " 667e8d7d8f79708f898964807b899791887f767c7598838d7e818390877c947f7e6e808470798e7d877a7a837085878476847e8f81848f697b747596",
    "BILINEAR,"
        + " 6a848e79897f758a84876c7c7c82908c8b80798179947c8c7e82868e857d92817d7283847482887e7f7d7d8272808b8176807f8b82858d6f7e7a7191",
    "BICUBIC,"
        + " 67828d7b8b7c728d8788687c7a8595908a82777e75987f8e80828391867a93807e6d8384717e8c7c837b7b8370838a8176827d8e82868e6c7c777195"
  })
  void shrinkingEqualsPillow(Resample filter, String hex) {
    assertThat(Resize.picture(picture(), 5, 4, filter).rgb())
        .isEqualTo(HexFormat.of().parseHex(hex));
  }

  @ParameterizedTest
  @CsvSource({
    "NEAREST, de13486398cd6398cde81d526da2d7f2275c77ace177ace1fc316681b6eb063b70063b708bc0f5",
    "LANCZOS, d881285b82a8728293c783414e85bdbb864fa08777758ab1d689528578a23f817950906b708eb4",
    "BILINEAR, b881497282917b838aaa845d6785a3a6866693887d7f8992be89557a7b9b5f847a5f8d746c8eb0",
    "BICUBIC, ce813266829d77838fc184475485b6b7865498887c7589a7d1894c767ea84f8575548e6a688eba"
  })
  void stretchingOneAxisEqualsPillow(Resample filter, String fourthRow) {
    byte[] rgb = Resize.picture(picture(), 7, 13, filter).rgb();
    assertThat(Arrays.copyOfRange(rgb, 3 * 39, 4 * 39))
        .isEqualTo(HexFormat.of().parseHex(fourthRow));
  }

  @Test
  void labelsAreNeverMixed() {
    LabelMap labels = new LabelMap(2, 2, new byte[] {1, 9, (byte) 255, 4});
    assertThat(Resize.labels(labels, 4, 2).classes())
        .containsExactly(1, 9, 1, 9, (byte) 255, 4, (byte) 255, 4);
  }
}
