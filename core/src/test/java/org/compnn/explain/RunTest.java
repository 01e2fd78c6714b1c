package org.compnn.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.compnn.study.Colours.GREEN;
import static org.compnn.study.Colours.RED;
import static org.compnn.study.Colours.all;
import static org.compnn.study.Colours.at;
import static org.compnn.study.Colours.green;
import static org.compnn.study.Colours.labels;
import static org.compnn.study.Colours.pair;
import static org.compnn.study.Colours.picture;
import static org.compnn.study.Colours.red;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.compnn.CompNN;
import org.compnn.compose.Labels;
import org.compnn.database.Selection;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import org.compnn.search.Distance;
import org.compnn.search.Field;
import org.compnn.search.Found;
import org.compnn.search.GlobalMatch;
import org.compnn.search.How;
import org.compnn.study.Colours;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunTest {
  private static final Options BLOCKS = Options.defaults().layer("bottleneck").exact();
  private static final Picture QUERY = picture(all(red(200), at(0, green(200))));

  @TempDir private static Path folder;

  private static CompNN compnn;

  @BeforeAll
  static void build() {
    compnn =
        Colours.labelled(
            folder,
            pair("red", picture(red(200)), labels(GREEN)),
            pair("green", picture(green(200)), labels(GREEN)),
            pair("dark", picture(red(100))));
  }

  @AfterAll
  static void close() {
    compnn.close();
  }

  @Test
  void manyExplanationsOfOneRunAreThoseOfRunsOfTheirOwn() {
    Run run = compnn.run(Query.of("green", QUERY));
    for (Options options :
        List.of(
            BLOCKS,
            BLOCKS.topK(3).hyperpatch(2).distance(Distance.COSINE),
            BLOCKS.leaveOneOut(0),
            Options.defaults().exact().without("dark"),
            BLOCKS.only("red", "green").labels(Labels.ORIGINAL))) {
      Explanation one = run.explain(options.without("dark"));
      Explanation own = compnn.explain(Query.of("green", QUERY), options.without("dark"));
      assertThat(one.settings()).isEqualTo(own.settings());
      assertThat(one.agreements()).isEqualTo(own.agreements());
      assertThat(one.contributions()).isEqualTo(own.contributions());
      assertThat(classes(one.composition())).isEqualTo(classes(own.composition()));
      assertThat(classes(one.other().orElseThrow())).isEqualTo(classes(own.other().orElseThrow()));
      assertThat(one.reconstruction().rgb()).isEqualTo(own.reconstruction().rgb());
      assertSame(one.field(), own.field());
      assertThat(one.timings().network()).isEqualTo(run.milliseconds());
    }
  }

  private static byte[] classes(Raster raster) {
    return ((LabelMap) raster).classes();
  }

  private static void assertSame(Field one, Field other) {
    assertThat(one.exemplar()).isEqualTo(other.exemplar());
    assertThat(one.row()).isEqualTo(other.row());
    assertThat(one.column()).isEqualTo(other.column());
    assertThat(one.distance()).isEqualTo(other.distance());
  }

  @Test
  void aRunKnowsWhatTheNetworkSawAndMadeOfIt() {
    LabelMap right = labels(GREEN);
    Run run = compnn.run(new Query("query", QUERY, Optional.of(right)));
    assertThat(run.input().rgb()).isEqualTo(QUERY.rgb());
    assertThat(classes(run.output())).isEqualTo(labels(all(RED, at(0, GREEN))).classes());
    assertThat(run.scores().channels()).isEqualTo(3);
    assertThat(run.scores().cells()).startsWith(0, 200 / 255f, 0);
    assertThat(run.truth()).hasValueSatisfying(t -> assertThat(classes(t)).containsOnly(GREEN));
    assertThat(run.milliseconds()).isPositive();
    assertThat(compnn.run(QUERY).truth()).isEmpty();
  }

  @Test
  void theTruthIsBroughtToTheSizeOfTheOutput() {
    LabelMap large = new LabelMap(32, 32, new byte[32 * 32]);
    Raster truth = compnn.run(new Query("query", QUERY, Optional.of(large))).truth().orElseThrow();
    assertThat(truth.height()).isEqualTo(16);
    assertThat(truth.width()).isEqualTo(16);
  }

  @Test
  void aLayerThatTheRunWasMadeWithoutIsRefused() {
    Run run = compnn.run(Query.of("query", QUERY), List.of(compnn.cells(BLOCKS)));
    assertThat(run.explain(BLOCKS.without("dark")).name()).isEqualTo("query");
    assertThatThrownBy(() -> run.explain(Options.defaults().without("dark")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("was not kept by this run");
    assertThatThrownBy(() -> run.match(BLOCKS.layer("nowhere"))).isInstanceOf(UserError.class);
  }

  @Test
  void itsBytesAreThoseOfItsNumbersAndPictures() {
    int scores = 4 * 256 * 3;
    int penultimate = 4 * 256 * 3;
    int bottleneck = 4 * 16 * 3;
    int input = 256 * 3;
    int output = 256;
    assertThat(compnn.run(QUERY).bytes())
        .isEqualTo(scores + penultimate + bottleneck + input + output);
    LabelMap right = labels(GREEN);
    Query known = new Query("query", QUERY, Optional.of(right));
    assertThat(compnn.run(known, List.of(compnn.cells(BLOCKS))).bytes())
        .isEqualTo(scores + bottleneck + input + output + right.bytes());
  }

  @Test
  void whatMatchesCanBeChosenByHandAndNothingMatchesWhereNothingIsChosen() {
    Run run = compnn.run(QUERY);
    Selection dark = compnn.selection(Options.defaults().only("dark"));
    Found found = run.match(BLOCKS, dark);
    assertThat(found.how()).isInstanceOf(How.Exact.class);
    assertThat(found.field().exemplar()).containsOnly(2);
    Field none = run.match(BLOCKS, dark.without(2, 2)).field();
    assertThat(none.exemplar()).containsOnly(-1);
    assertThat(none.distance()).containsOnly(Float.POSITIVE_INFINITY);
  }

  @Test
  void theNearestWholesAreRanked() {
    Run run = compnn.run(Query.of("dark", picture(red(110))));
    assertThat(run.nearest(compnn.cells(BLOCKS), BLOCKS, 9))
        .extracting(GlobalMatch::exemplar)
        .containsExactly(2, 0, 1);
    assertThat(run.nearest(compnn.cells(BLOCKS), BLOCKS.leaveOneOut(0), 1))
        .extracting(GlobalMatch::exemplar)
        .containsExactly(0);
  }

  @Test
  void originalLabelsOfATrainingSetWithoutAnyAreRefused(@TempDir Path other) {
    try (CompNN unlabelled = Colours.labelled(other, pair("a", picture(red(9))))) {
      assertThatThrownBy(() -> unlabelled.explain(QUERY, BLOCKS.labels(Labels.ORIGINAL)))
          .isInstanceOfSatisfying(
              UserError.class, error -> assertThat(error.knob()).contains(Knob.LABELS))
          .hasMessageContaining("found a database built from inputs alone");
      Explanation why = unlabelled.explain(QUERY, BLOCKS);
      assertThat(why.other()).isEmpty();
      assertThat(why.agreements()).hasSize(1);
      assertThat(classes(why.gallery().target(0)))
          .as("the network's labels stand in for original ones")
          .isEqualTo(classes(why.gallery().prediction(0)));
    }
  }
}
