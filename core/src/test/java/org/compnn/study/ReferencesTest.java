package org.compnn.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.compnn.viewer.ViewJson;
import org.junit.jupiter.api.Test;

final class ReferencesTest {
  private static References hundreds() {
    float[] distance = new float[1001];
    byte[] label = new byte[1001];
    for (int i = 0; i < distance.length; i++) {
      distance[i] = i;
      label[i] = (byte) (i < 500 ? 0 : i < 990 ? 1 : 2);
    }
    return References.of(List.of(new References.Sample(distance, label)), 3);
  }

  @Test
  void aPercentileIsTheShareOfCellsThatAreNearer() {
    References references = hundreds();
    assertThat(references.percentile(-1)).isEqualTo(OptionalInt.of(0));
    assertThat(references.percentile(410)).isEqualTo(OptionalInt.of(41));
    assertThat(references.percentile(5000)).isEqualTo(OptionalInt.of(100));
    assertThat(references.novelDistance()).isEqualTo(990);
  }

  @Test
  void aClassWithFewCellsIsMeasuredByAllOfThem() {
    References references = hundreds();
    assertThat(references.percentile(250, 0).orElseThrow()).isEqualTo(50);
    assertThat(references.percentile(410, 2)).isEqualTo(references.percentile(410));
    assertThat(references.percentile(410, 255)).isEqualTo(references.percentile(410));
  }

  @Test
  void nothingIsNovelWhereNothingIsKnown() {
    References none = References.of(List.of(), 3);
    assertThat(none.known()).isFalse();
    assertThat(none.percentile(1)).isEmpty();
    assertThat(none.novelDistance()).isInfinite();
  }

  @Test
  void cellsWithoutAMatchSayNothing() {
    float[] distance = {Float.POSITIVE_INFINITY, 1, 2};
    References references = References.of(List.of(new References.Sample(distance, new byte[0])), 0);
    assertThat(references.cells()).isEqualTo(2);
    assertThat(references.quantiles()[100]).isEqualTo(2);
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    References references = hundreds();
    References read = ViewJson.read(ViewJson.bytes(references), References.class);
    assertThat(read.quantiles()).isEqualTo(references.quantiles());
    assertThat(read.classes().get(0).orElseThrow())
        .isEqualTo(references.classes().get(0).orElseThrow());
    assertThat(read.classes().get(2)).isEmpty();
    assertThat(read.cells()).isEqualTo(1001);
  }
}
