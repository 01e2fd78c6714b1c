package org.compnn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.measure.Column;
import org.compnn.measure.Estimate;
import org.compnn.measure.MetricsTable;
import org.compnn.measure.PictureScore;
import org.compnn.measure.SegmentationTally;
import org.compnn.measure.SynthesisTally;
import org.compnn.measure.Tally;
import org.junit.jupiter.api.Test;

class MetricsLayoutTest {
  private static final Column ACCURACY = new Column("accuracy", "accuracy", "", 3);
  private static final Column CAR = new Column("iou_0", "car | bus", "IoU", 2);

  private static final MetricsTable TABLE =
      new MetricsTable(
          List.of(ACCURACY, CAR),
          List.of(
              row("network", "truth", new Estimate(0.8125, 0.75, 0.875), nan()),
              row("CompNN, self", "network", estimate(1), estimate(Double.POSITIVE_INFINITY))));

  @Test
  void textIsAlignedWithEachGroupABlock() {
    assertThat(MetricsLayout.text(TABLE))
        .isEqualTo(
            """
            answer        against  accuracy
            network       truth       0.813
            CompNN, self  network     1.000

            IoU
            answer        against  car | bus
            network       truth            -
            CompNN, self  network        inf
            """);
  }

  @Test
  void markdownHasIntervalsAndEscapesBars() {
    assertThat(MetricsLayout.markdown(TABLE))
        .isEqualTo(
            """
            | answer | against | accuracy |
            |---|---|---:|
            | network | truth | 0.813 (0.750 to 0.875) |
            | CompNN, self | network | 1.000 |

            **IoU**

            | answer | against | car \\| bus |
            |---|---|---:|
            | network | truth | - |
            | CompNN, self | network | inf |
            """);
  }

  @Test
  void csvQuotesWhatNeedsItAndLeavesTheUndefinedEmpty() {
    assertThat(MetricsLayout.csv(TABLE))
        .isEqualTo(
            """
            answer,against,pictures,accuracy,accuracy_low,accuracy_high,iou_0,iou_0_low,iou_0_high
            network,truth,1,0.8125,0.75,0.875,,,
            "CompNN, self",network,1,1.0,,,,,
            """
                .replace("\n", "\r\n"));
    assertThat(MetricsLayout.perPictureCsv(TABLE))
        .startsWith(
            "picture,answer,against,accuracy,iou_0\r\n\"a \"\"b\"\"\",network,truth,0.5,\r\n");
  }

  @Test
  void rowsMustFitTheColumns() {
    assertThatThrownBy(() -> new MetricsTable(List.of(ACCURACY), TABLE.rows()))
        .hasMessageContaining("2 values for 1 columns");
  }

  @Test
  void aSinglePictureHasNoIntervalAndManyHaveTheSameOneEveryTime() {
    SynthesisTally one = new SynthesisTally();
    one.add("a", Picture.black(12, 12), Picture.black(12, 12));
    assertThat(one.estimates().getFirst().hasInterval()).isFalse();

    assertThat(accuracies(60).estimates()).isEqualTo(accuracies(60).estimates());
  }

  @Test
  void theIntervalOfAMeanIsAboutTwoStandardErrorsWide() {
    SegmentationTally tally = accuracies(200);
    Estimate accuracy = tally.estimates().getFirst();

    double[] values =
        tally.perPicture().stream().mapToDouble(score -> score.values().getFirst()).toArray();
    double mean = Arrays.stream(values).average().getAsDouble();
    double variance = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (200 - 1);
    double error = Math.sqrt(variance / 200);
    assertThat(accuracy.value()).isCloseTo(mean, within(1e-12));
    assertThat(accuracy.low()).isCloseTo(mean - 1.96 * error, within(0.25 * error));
    assertThat(accuracy.high()).isCloseTo(mean + 1.96 * error, within(0.25 * error));
  }

  @Test
  void aTallyIsOfTheKindOfTheAnswers() {
    assertThat(Tally.of(new LabelMap(1, 1, new byte[1]), List.of("a")))
        .isInstanceOf(SegmentationTally.class);
    assertThat(Tally.of(Picture.black(1, 1), List.of())).isInstanceOf(SynthesisTally.class);
  }

  private static SegmentationTally accuracies(int pictures) {
    Random random = new Random(3);
    SegmentationTally tally = new SegmentationTally(List.of("a", "b"));
    for (int i = 0; i < pictures; i++) {
      byte[] answer = new byte[50];
      double wrong = random.nextDouble() * 0.6;
      for (int j = 0; j < answer.length; j++) {
        answer[j] = (byte) (random.nextDouble() < wrong ? 1 : 0);
      }
      tally.add("p" + i, new LabelMap(1, 50, new byte[50]), new LabelMap(1, 50, answer));
    }
    return tally;
  }

  private static MetricsTable.Row row(String name, String against, Estimate... values) {
    return new MetricsTable.Row(
        name,
        against,
        List.of(values),
        List.of(new PictureScore("a \"b\"", List.of(0.5, Double.NaN))));
  }

  private static Estimate nan() {
    return estimate(Double.NaN);
  }

  private static Estimate estimate(double value) {
    return new Estimate(value, Double.NaN, Double.NaN);
  }
}
