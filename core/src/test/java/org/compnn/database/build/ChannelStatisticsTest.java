package org.compnn.database.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.compnn.network.FeatureMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChannelStatisticsTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void mergedStatisticsAreThoseOfAllCellsInDecimalArithmetic(long seed) {
    Random random = new Random(seed);
    int channels = 1 + random.nextInt(6);
    double offset = random.nextBoolean() ? 1000 : 0;
    List<List<Float>> values = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      values.add(new ArrayList<>());
    }
    ChannelSums merged = ChannelSums.none(channels);
    for (int map = 0; map < 4; map++) {
      int rows = 1 + random.nextInt(9);
      int columns = 1 + random.nextInt(9);
      float[] cells = new float[rows * columns * channels];
      for (int i = 0; i < cells.length; i++) {
        cells[i] = (float) (offset + random.nextGaussian() * (1 + i % channels));
        values.get(i % channels).add(cells[i]);
      }
      merged =
          merged.and(
              ChannelSums.of(ChannelStatistics.of(new FeatureMap(rows, columns, channels, cells))));
    }
    for (int c = 0; c < channels; c++) {
      BigDecimal count = BigDecimal.valueOf(values.get(c).size());
      BigDecimal mean =
          values.get(c).stream()
              .map(v -> new BigDecimal((double) v))
              .reduce(BigDecimal.ZERO, BigDecimal::add)
              .divide(count, MathContext.DECIMAL128);
      BigDecimal variance =
          values.get(c).stream()
              .map(v -> new BigDecimal((double) v).subtract(mean).pow(2))
              .reduce(BigDecimal.ZERO, BigDecimal::add)
              .divide(count, MathContext.DECIMAL128);
      double deviation = variance.sqrt(MathContext.DECIMAL128).doubleValue();
      assertThat(merged.means()[c]).isEqualTo(mean.floatValue());
      assertThat((double) merged.deviations()[c]).isCloseTo(deviation, within(deviation * 1e-6));
    }
  }

  @Test
  void aChannelThatNeverChangesHasDeviationOneHoweverItsMeanRounds() {
    float[] cells = new float[3 * 1000];
    for (int i = 0; i < cells.length; i += 3) {
      cells[i] = 0.1f;
      cells[i + 1] = 0;
      cells[i + 2] = i == 999 ? 0.1f : 0.10000001f;
    }
    ChannelSums one = ChannelSums.of(ChannelStatistics.of(new FeatureMap(20, 50, 3, cells)));
    ChannelSums all = one;
    for (int i = 0; i < 6; i++) {
      all = all.and(one);
    }
    assertThat(all.deviations()[0]).isEqualTo(1);
    assertThat(all.deviations()[1]).isEqualTo(1);
    assertThat(all.deviations()[2]).isBetween(1e-11f, 1e-8f);
    assertThat(all.means()[0]).isEqualTo(0.1f);
    assertThat(all.scales()).containsExactly(0.1f / 127, 1, 0.10000001f / 127);
  }

  @Test
  void theOrderInWhichExemplarsComeTogetherChangesNoBit() {
    Random random = new Random(7);
    List<ChannelSums> exemplars = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      float[] cells = new float[2 * 35];
      for (int k = 0; k < cells.length; k++) {
        cells[k] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(20) - 10));
      }
      exemplars.add(ChannelSums.of(ChannelStatistics.of(new FeatureMap(5, 7, 2, cells))));
    }
    ChannelSums one = exemplars.stream().reduce(ChannelSums.none(2), ChannelSums::and);
    Collections.shuffle(exemplars, random);
    ChannelSums other =
        exemplars.subList(0, 13).stream()
            .reduce(ChannelSums.none(2), ChannelSums::and)
            .and(exemplars.subList(13, 40).stream().reduce(ChannelSums.none(2), ChannelSums::and));
    assertThat(other).isEqualTo(one);
    assertThat(other.deviations()).containsExactly(one.deviations());
  }
}
