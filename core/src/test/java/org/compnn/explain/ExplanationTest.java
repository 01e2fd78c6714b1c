package org.compnn.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.compnn.study.Colours.BLUE;
import static org.compnn.study.Colours.GREEN;
import static org.compnn.study.Colours.RED;
import static org.compnn.study.Colours.all;
import static org.compnn.study.Colours.at;
import static org.compnn.study.Colours.blue;
import static org.compnn.study.Colours.green;
import static org.compnn.study.Colours.labels;
import static org.compnn.study.Colours.pair;
import static org.compnn.study.Colours.picture;
import static org.compnn.study.Colours.red;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.compnn.CompNN;
import org.compnn.compose.Contribution;
import org.compnn.compose.Labels;
import org.compnn.explain.Agreement.Answer;
import org.compnn.explain.Agreement.Reference;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.measure.Column;
import org.compnn.search.Field;
import org.compnn.search.Found;
import org.compnn.search.How;
import org.compnn.study.Colours;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExplanationTest {
  private static final Options BLOCKS = Options.defaults().layer("bottleneck").exact();

  /** Red but for a green block and two of lighter and lighter red. */
  private static final Picture QUERY =
      picture(all(red(200), at(0, green(200)), at(6, red(210)), at(7, red(221))));

  @TempDir private static Path folder;

  private static CompNN compnn;

  @BeforeAll
  static void build() {
    compnn =
        Colours.labelled(
            folder,
            pair("zero", picture(all(red(200), at(9, red(210)))), labels(all(RED, at(9, GREEN)))),
            pair("one", picture(all(red(220), at(4, green(200)))), labels(BLUE)),
            pair("two", picture(blue(200)), labels(BLUE)));
  }

  @AfterAll
  static void close() {
    compnn.close();
  }

  private static Explanation explain(Options options) {
    return compnn.explain(Query.of("query", QUERY), options);
  }

  /** A pixel of a block, the given rows and columns from its corner. */
  private static List<Source> sources(Explanation why, int block, int row, int column) {
    return why.at(4 * (block / 4) + row, 4 * (block % 4) + column);
  }

  @Test
  void aPixelWasCutFromTheSamePlaceInTheBlockOfItsShade() {
    Explanation why = explain(BLOCKS);
    assertThat(sources(why, 0, 1, 2)).containsExactly(new Source(1, 4 + 1, 0 + 2, 0));
    assertThat(sources(why, 6, 3, 0)).containsExactly(new Source(0, 8 + 3, 4 + 0, 0));
    Source near = sources(why, 7, 0, 3).getFirst();
    assertThat(near).isEqualTo(new Source(1, 0, 3, near.distance()));
    assertThat(near.distance()).isPositive();
  }

  @Test
  void sourcesAreRankedNearestFirst() {
    List<Source> sources = sources(explain(BLOCKS.topK(20)), 6, 2, 2);
    assertThat(sources)
        .hasSize(20)
        .isSortedAccordingTo((a, b) -> Float.compare(a.distance(), b.distance()));
    assertThat(sources.getFirst()).isEqualTo(new Source(0, 8 + 2, 4 + 2, 0));
    assertThat(sources.subList(1, 16))
        .as("red 200 and 220 are as far from 210; the lower exemplar comes first")
        .allSatisfy(source -> assertThat(source.exemplar()).isZero())
        .extracting(Source::distance)
        .allSatisfy(d -> assertThat(d).isCloseTo(sources.get(19).distance(), within(1e-5f)));
  }

  @Test
  void whatMayNotMatchIsNoSource() {
    List<Source> all = sources(explain(BLOCKS.topK(40).only("two")), 0, 0, 0);
    assertThat(all).hasSize(16).allSatisfy(source -> assertThat(source.exemplar()).isEqualTo(2));
  }

  @Test
  void aPixelWhoseCellHasNoMatchHasNoSource() {
    Explanation why = explain(BLOCKS);
    Field field = why.field();
    int[] exemplar = field.exemplar().clone();
    exemplar[5] = -1;
    Found found =
        new Found(
            new Field(4, 4, 1, exemplar, field.row(), field.column(), field.distance()), why.how());
    Explanation lacking =
        Explanation.of(
            why.name(),
            why.settings(),
            why.palette(),
            why.input(),
            why.network(),
            why.truth(),
            why.composition(),
            why.other(),
            why.reconstruction(),
            found,
            why.check(),
            why.timings(),
            why.gallery(),
            why.frame());
    assertThat(sources(lacking, 5, 1, 3)).isEmpty();
    assertThat(sources(lacking, 6, 1, 0)).hasSize(1);
    assertThat(lacking.contributions()).extracting(Contribution::cells).containsExactly(13, 2);
  }

  @Test
  void placesBeyondTheOutputAreRefused() {
    Explanation why = explain(BLOCKS);
    for (int[] beyond : new int[][] {{-1, 0}, {0, -1}, {16, 0}, {0, 16}}) {
      assertThatThrownBy(() -> why.at(beyond[0], beyond[1]))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessageContaining("of an output of 16 x 16");
    }
  }

  @Test
  void everyPixelOfTheCompositionIsThatOfItsSource() {
    for (Options options :
        List.of(
            BLOCKS,
            BLOCKS.topK(3).hyperpatch(2),
            Options.defaults().exact(),
            Options.defaults().leaveOneOut(0).without("zero"),
            BLOCKS.labels(Labels.ORIGINAL))) {
      Explanation why = explain(options);
      boolean self = options.labels() == Labels.SELF;
      for (int row = 0; row < 16; row++) {
        for (int column = 0; column < 16; column++) {
          Source source = why.at(row, column).getFirst();
          assertThat(label(why.composition(), row, column))
              .isEqualTo(
                  label(
                      self
                          ? why.gallery().prediction(source.exemplar())
                          : why.gallery().target(source.exemplar()),
                      source.row(),
                      source.column()));
          assertThat(label(why.other().orElseThrow(), row, column))
              .isEqualTo(
                  label(
                      self
                          ? why.gallery().target(source.exemplar())
                          : why.gallery().prediction(source.exemplar()),
                      source.row(),
                      source.column()));
          assertThat(why.reconstruction().pixel(row, column))
              .isEqualTo(
                  why.gallery().input(source.exemplar()).pixel(source.row(), source.column()));
        }
      }
    }
  }

  private static int label(Raster raster, int row, int column) {
    return ((LabelMap) raster).label(row, column);
  }

  @Test
  void anExplanationHoldsWhatWasAskedAndWhatCameOfIt() {
    LabelMap right = labels(all(RED, at(0, GREEN), at(15, LabelMap.UNLABELLED)));
    Explanation why = compnn.explain(new Query("query", QUERY, Optional.of(right)), BLOCKS);
    assertThat(why.name()).isEqualTo("query");
    assertThat(why.settings().network()).isEqualTo("model.onnx");
    assertThat(why.settings().database()).isEqualTo("colours.db");
    assertThat(why.settings().layer().shortName()).isEqualTo("bottleneck");
    assertThat(why.settings().options()).isEqualTo(BLOCKS);
    assertThat(why.settings().selected()).isEqualTo(3);
    assertThat(why.settings().exemplars()).isEqualTo(3);
    assertThat(why.palette().names()).containsExactly("red", "green", "blue");
    assertThat(why.input().rgb()).isEqualTo(QUERY.rgb());
    assertThat(classes(why.network())).isEqualTo(labels(all(RED, at(0, GREEN))).classes());
    assertThat(classes(why.truth().orElseThrow())).isEqualTo(right.classes());
    assertThat(classes(why.composition())).isEqualTo(labels(all(RED, at(0, GREEN))).classes());
    assertThat(classes(why.other().orElseThrow()))
        .isEqualTo(labels(all(RED, at(0, BLUE), at(6, GREEN), at(7, BLUE))).classes());
    assertThat(why.reconstruction().rgb())
        .isEqualTo(
            picture(all(red(200), at(0, green(200)), at(6, red(210)), at(7, red(220)))).rgb());
    assertThat(why.how()).isInstanceOf(How.Exact.class);
    assertThat(why.check()).isEmpty();
    assertThat(why.contributions())
        .containsExactly(new Contribution(0, 14, 14 / 16.0), new Contribution(1, 2, 2 / 16.0));
    assertThat(why.reconstructed().l1()).isCloseTo(16 / (256.0 * 3 * 255), within(1e-9));
    assertThat(why.gallery().id(2)).isEqualTo("two");
    assertThat(why.gallery().tags(2)).isEmpty();
  }

  private static byte[] classes(Raster raster) {
    return ((LabelMap) raster).classes();
  }

  @Test
  void agreementsAreThoseThatCanBeCountedByHand() {
    LabelMap right = labels(all(RED, at(0, GREEN), at(6, GREEN), at(15, LabelMap.UNLABELLED)));
    Explanation why = compnn.explain(new Query("query", QUERY, Optional.of(right)), BLOCKS);
    assertThat(why.metrics())
        .extracting(Column::key)
        .containsExactly("pixel_accuracy", "class_accuracy", "mean_iou", "iou_0", "iou_1", "iou_2");
    assertThat(why.classes()).containsExactly("red", "green", "blue");
    assertThat(why.agreement()).isEqualTo(why.agreements().getFirst());
    assertThat(why.agreements())
        .extracting(Agreement::answer, Agreement::against)
        .containsExactly(
            tuple(Answer.CHOSEN, Reference.NETWORK),
            tuple(Answer.UNCHOSEN, Reference.NETWORK),
            tuple(Answer.NETWORK, Reference.TRUTH),
            tuple(Answer.CHOSEN, Reference.TRUTH),
            tuple(Answer.UNCHOSEN, Reference.TRUTH));
    assertMetrics(why.agreements().get(0), 1, 1, 1, 1, 1, Double.NaN);
    // Of the network's 15 red blocks 13 stay red, its green one is blue.
    assertMetrics(why.agreements().get(1), 13 / 16.0, 13 / 30.0, 13 / 45.0, 13 / 15.0, 0, 0);
    // Of 13 red blocks all, of 2 green ones one; one has no label.
    assertMetrics(
        why.agreements().get(2),
        14 / 15.0,
        0.75,
        (13 / 14.0 + 0.5) / 2,
        13 / 14.0,
        0.5,
        Double.NaN);
    assertThat(why.agreements().get(3).metrics()).isEqualTo(why.agreements().get(2).metrics());
    // Of the red ones 12, of the green ones the other.
    assertMetrics(
        why.agreements().get(4),
        13 / 15.0,
        (12 / 13.0 + 0.5) / 2,
        (12 / 13.0 + 0.5) / 3,
        12 / 13.0,
        0.5,
        0);
  }

  private static void assertMetrics(Agreement agreement, double... expected) {
    assertThat(agreement.metrics()).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      if (Double.isNaN(expected[i])) {
        assertThat(agreement.metrics().get(i)).isNaN();
      } else {
        assertThat(agreement.metrics().get(i)).isCloseTo(expected[i], within(1e-12));
      }
    }
  }

  @Test
  void classesBeyondThePaletteAreCountedToo() {
    LabelMap right = labels(all(RED, at(0, 4)));
    Explanation why = compnn.explain(new Query("query", QUERY, Optional.of(right)), BLOCKS);
    assertThat(why.classes()).hasSize(5).startsWith("red", "green", "blue");
    assertThat(why.metrics()).hasSize(3 + 5);
    assertThat(why.agreements())
        .allSatisfy(agreement -> assertThat(agreement.metrics()).hasSize(3 + 5));
  }
}
