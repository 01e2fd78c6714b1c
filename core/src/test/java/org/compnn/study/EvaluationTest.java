package org.compnn.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.compnn.study.Colours.BLUE;
import static org.compnn.study.Colours.GREEN;
import static org.compnn.study.Colours.RED;
import static org.compnn.study.Colours.all;
import static org.compnn.study.Colours.at;
import static org.compnn.study.Colours.blue;
import static org.compnn.study.Colours.broken;
import static org.compnn.study.Colours.dataset;
import static org.compnn.study.Colours.green;
import static org.compnn.study.Colours.labels;
import static org.compnn.study.Colours.pair;
import static org.compnn.study.Colours.picture;
import static org.compnn.study.Colours.red;

import java.nio.file.Path;
import java.util.List;
import org.compnn.CompNN;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.Pair;
import org.compnn.explain.Options;
import org.compnn.measure.MetricsTable;
import org.compnn.measure.MetricsTable.Row;
import org.compnn.measure.PictureScore;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EvaluationTest {
  private static final Options EXACT = Options.defaults().exact();

  /** The network is right but for one block of the first, and for all of the second. */
  private static final Pair[] TRAINING = {
    pair("a", picture(all(red(200), at(3, green(200)))), labels(all(RED, at(3, BLUE)))),
    pair("b", picture(blue(200)), labels(GREEN)),
    pair("c", picture(green(100)), labels(GREEN))
  };

  @TempDir private static Path folder;

  private static CompNN compnn;

  @BeforeAll
  static void build() {
    compnn = Colours.labelled(folder, TRAINING);
  }

  @AfterAll
  static void close() {
    compnn.close();
  }

  private static Evaluation evaluation(Dataset dataset, Options options, int limit, String... at) {
    return Evaluation.of(compnn, dataset, options, List.of(at), limit, Progress.NONE);
  }

  /** Pixel accuracy, or L1. */
  private static double first(MetricsTable table, String name, String against) {
    return table.rows().stream()
        .filter(row -> row.name().equals(name) && row.against().equals(against))
        .mapToDouble(row -> row.values().getFirst().value())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void onTheTrainingSetSelfSupervisedLabelsAgreeWithTheNetworkWholly() {
    Evaluation evaluation = evaluation(dataset(TRAINING), EXACT, 100);
    assertThat(evaluation.pictures()).isEqualTo(3);
    assertThat(evaluation.skipped()).isEmpty();
    assertThat(evaluation.check()).isEmpty();
    MetricsTable table = evaluation.table();
    assertThat(first(table, "CompNN, self", "network")).isEqualTo(1);
    assertThat(first(table, "CompNN, original", "truth")).isEqualTo(1);
    assertThat(first(table, "network on CompNN's input", "network")).isEqualTo(1);
    assertThat(first(table, "global NN, bottleneck, self", "network")).isEqualTo(1);
    double right = (15 + 0 + 16) / 48.0;
    assertThat(first(table, "network", "truth")).isCloseTo(right, within(1e-12));
    assertThat(first(table, "CompNN, self", "truth")).isCloseTo(right, within(1e-12));
    assertThat(first(table, "CompNN, original", "network")).isCloseTo(right, within(1e-12));
    assertThat(evaluation.reconstruction().rows())
        .allSatisfy(row -> assertThat(row.values().getFirst().value()).isZero());
  }

  @Test
  void whatCanBeMeasuredOfAPictureLeftOutIsLess() {
    MetricsTable table = evaluation(dataset(TRAINING[1]), EXACT.leaveOneOut(0), 100).table();
    assertThat(first(table, "CompNN, self", "network")).isZero();
    assertThat(first(table, "global NN, penultimate, self", "network")).isZero();
  }

  @Test
  void thereIsARowForEachAnswerAndReference() {
    Evaluation evaluation = evaluation(dataset(TRAINING[0]), EXACT, 100, "bottleneck");
    List<String> answers =
        List.of(
            "CompNN, self",
            "CompNN, original",
            "network on CompNN's input",
            "CompNN, self, at bottleneck",
            "CompNN, original, at bottleneck",
            "global NN, penultimate, self",
            "global NN, penultimate, original",
            "global NN, bottleneck, self",
            "global NN, bottleneck, original");
    assertThat(evaluation.table().against("network").rows())
        .extracting(Row::name)
        .containsExactlyElementsOf(answers);
    assertThat(evaluation.table().against("truth").rows().getFirst().name()).isEqualTo("network");
    assertThat(evaluation.table().against("truth").rows().subList(1, 10))
        .extracting(Row::name)
        .containsExactlyElementsOf(answers);
    assertThat(evaluation.reconstruction().rows())
        .extracting(Row::name)
        .containsExactly(
            "CompNN", "CompNN, at bottleneck", "global NN, penultimate", "global NN, bottleneck");
    assertThat(evaluation.table().columns())
        .extracting(column -> column.title())
        .containsExactly("pixel accuracy", "class accuracy", "mean IoU", "red", "green", "blue");
  }

  @Test
  void theLayerThatIsMatchedAnywayHasNoFurtherRows() {
    assertThat(evaluation(dataset(TRAINING[0]), EXACT, 100, "penultimate").table().rows())
        .hasSameSizeAs(evaluation(dataset(TRAINING[0]), EXACT, 100).table().rows());
  }

  @Test
  void picturesWithoutTruthAreMeasuredAgainstTheNetworkAlone() {
    MetricsTable table = evaluation(dataset(pair("new", picture(red(90)))), EXACT, 100).table();
    assertThat(table.against("truth").rows()).isEmpty();
    assertThat(first(table, "CompNN, self", "network")).isEqualTo(1);
  }

  @Test
  void brokenPairsAreSkippedAndNamedWhereThatWasAsked() {
    Dataset some =
        new Dataset(
            "some", List.of(TRAINING[0], broken("torn"), TRAINING[2]), List.of("d: no twin"), true);
    Evaluation evaluation = evaluation(some, EXACT, 100);
    assertThat(evaluation.pictures()).isEqualTo(2);
    assertThat(evaluation.skipped()).containsExactly("d: no twin", "torn is broken");
    assertThatThrownBy(() -> evaluation(dataset(broken("torn")), EXACT, 100))
        .isInstanceOf(UserError.class)
        .hasMessage("torn is broken");
    Dataset none = new Dataset("none", List.of(broken("torn")), List.of(), true);
    assertThatThrownBy(() -> evaluation(none, EXACT, 100))
        .isInstanceOf(UserError.class)
        .hasMessage("none: expected pictures to measure, found none that can be read");
  }

  @Test
  void someOfManyPicturesAreSpreadEvenly() {
    Evaluation evaluation = evaluation(dataset(TRAINING), EXACT, 2);
    assertThat(evaluation.pictures()).isEqualTo(2);
    assertThat(evaluation.table().rows().getFirst().pictures())
        .extracting(PictureScore::picture)
        .containsExactly("a", "b");
  }

  @Test
  void fieldsThatAreNotExactAreCheckedTogether() {
    Evaluation evaluation = evaluation(dataset(TRAINING), Options.defaults().check(10), 100);
    evaluation.check().ifPresent(check -> assertThat(check.cells()).isEqualTo(30));
    assertThat(first(evaluation.table(), "CompNN, self", "network")).isEqualTo(1);
  }
}
