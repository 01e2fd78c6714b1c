package org.compnn.bench.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.Pair;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.junit.jupiter.api.Test;

final class GrownTest {
  /** A pair in memory. */
  private record Kept(String id, Content content) implements Pair {
    @Override
    public List<String> tags() {
      return List.of();
    }

    @Override
    public Content read() {
      return content;
    }
  }

  private static Dataset dataset(int count) {
    return new Dataset(
        "kept",
        IntStream.range(0, count)
            .<Pair>mapToObj(
                i -> {
                  byte[] rgb = new byte[2 * 3 * 3];
                  new Random(i).nextBytes(rgb);
                  byte[] classes = {0, 1, 2, 3, 4, (byte) i};
                  return new Kept(
                      "e" + i,
                      new Pair.Content(
                          new Picture(2, 3, rgb), Optional.of(new LabelMap(2, 3, classes))));
                })
            .toList(),
        List.of(),
        false);
  }

  @Test
  void aPartTakesPairsAtEvenSteps() {
    assertThat(Grown.share(dataset(9), new Share(1, 4)).pairs())
        .extracting(Pair::id)
        .containsExactly("e0", "e4", "e8");
  }

  @Test
  void aGrownSetHoldsTheOldOneAndItsCopiesUnderOtherNames() {
    List<Pair> pairs = Grown.share(dataset(3), new Share(4, 1)).pairs();
    assertThat(pairs).hasSize(12);
    assertThat(pairs.stream().map(Pair::id)).doesNotHaveDuplicates();
    assertThat(pairs.subList(0, 3)).extracting(Pair::id).containsExactly("e0", "e1", "e2");
  }

  @Test
  void mirroringTurnsInputAndTargetAlike() {
    Pair pair = dataset(6).pairs().getLast();
    Pair.Content before = pair.read();
    Pair.Content after = new Grown(pair, 1).read();
    LabelMap labels = (LabelMap) before.target().orElseThrow();
    Raster mirrored = after.target().orElseThrow();
    for (int row = 0; row < 2; row++) {
      for (int column = 0; column < 3; column++) {
        assertThat(after.input().pixel(row, column))
            .isEqualTo(before.input().pixel(row, 2 - column));
        assertThat(((LabelMap) mirrored).label(row, column))
            .isEqualTo(labels.label(row, 2 - column));
      }
    }
  }

  @Test
  void recolouringChangesTheInputAlone() {
    Pair pair = dataset(2).pairs().getLast();
    Pair.Content after = new Grown(pair, 2).read();
    assertThat(after.input().rgb()).isNotEqualTo(pair.read().input().rgb());
    assertThat(after.target()).isEqualTo(pair.read().target());
  }
}
