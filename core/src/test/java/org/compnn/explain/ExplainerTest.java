package org.compnn.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.compnn.study.Colours.GREEN;
import static org.compnn.study.Colours.RED;
import static org.compnn.study.Colours.labels;
import static org.compnn.study.Colours.pair;
import static org.compnn.study.Colours.picture;
import static org.compnn.study.Colours.red;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.compnn.CompNN;
import org.compnn.Index;
import org.compnn.compose.Labels;
import org.compnn.dataset.Pair;
import org.compnn.image.LabelMap;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.network.SmallNetworks;
import org.compnn.network.graph.GraphWriter;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.study.Colours;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExplainerTest {
  private static final Options DEFAULTS = Options.defaults();

  @TempDir private static Path folder;

  private static CompNN compnn;
  private static Explainer explainer;

  @BeforeAll
  static void build() {
    compnn =
        Colours.labelled(
            folder,
            IntStream.range(0, 5)
                .mapToObj(i -> pair("frame" + i, picture(red(100 + i)), labels(GREEN)))
                .toArray(Pair[]::new));
    explainer = new Explainer(compnn.database(), compnn.network(), compnn.workers(), Progress.NONE);
  }

  @AfterAll
  static void close() {
    compnn.close();
  }

  private static int[] selected(Options options, String name) {
    return explainer.selection(options, name).indices();
  }

  @Test
  void aPictureMatchesItselfUnlessItIsLeftOut() {
    assertThat(selected(DEFAULTS, "frame2")).containsExactly(0, 1, 2, 3, 4);
    assertThat(selected(DEFAULTS.leaveOneOut(0), "frame2")).containsExactly(0, 1, 3, 4);
    assertThat(selected(DEFAULTS.leaveOneOut(1), "frame2")).containsExactly(0, 4);
    assertThat(selected(DEFAULTS.leaveOneOut(3), "frame0")).containsExactly(4);
  }

  @Test
  void whereNothingCanBeComparedForWantOfFiniteNumbersOneLineNamesTheLayer(@TempDir Path elsewhere)
      throws IOException {
    GraphWriter graph = GraphWriter.random(0);
    String input = graph.input("pixels", 1, 3, Colours.SIDE, Colours.SIDE);
    String log = graph.node("Log", "", List.of(input));
    String deep =
        graph.node(
            "Conv",
            "deep",
            List.of(log, graph.constant(new double[] {1, -1, 1}, 1, 3, 1, 1)),
            GraphWriter.ints("kernel_shape", 1, 1));
    graph.named("out", "Identity", List.of(graph.node("Exp", "wide", List.of(deep))));
    graph.output("out", 1, 1, Colours.SIDE, Colours.SIDE);
    SmallNetworks.write(
        elsewhere.resolve("network"),
        graph.model(),
        "{\"do_resize\": false, \"do_rescale\": true}",
        "{\"task\": \"image-to-image\", \"output_range\": [0, 1]}");
    Path database = elsewhere.resolve("train.db");
    try (Network network =
        Network.open(elsewhere.resolve("network"), NetworkOptions.defaults().withThreads(1))) {
      Index.of(network, Colours.dataset(pair("grey", picture(0x808080), picture(0x808080))))
          .layers("/deep/Conv")
          .write(database);
    }
    try (CompNN compnn = CompNN.open(database)) {
      assertThat(compnn.explain(picture(0x707070)).field().exemplar()).containsOnly(0);
      assertThatThrownBy(() -> compnn.explain(picture(0)))
          .isInstanceOfSatisfying(
              UserError.class, error -> assertThat(error.knobs()).containsExactly(Knob.LAYER))
          .hasMessageStartingWith("expected finite activations of layer /deep/Conv")
          .hasMessageContaining("found NaN for this picture");
    }
  }

  @Test
  void aPictureOfAnotherNameLeavesNothingOut() {
    assertThat(selected(DEFAULTS.leaveOneOut(1), "elsewhere")).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void termsChooseBeforeThePictureIsLeftOut() {
    Options some = DEFAULTS.only("frame[1-3]").without("frame3");
    assertThat(explainer.selection(some).indices()).containsExactly(1, 2);
    assertThat(selected(some.leaveOneOut(0), "frame2")).containsExactly(1);
    assertThat(selected(some.leaveOneOut(0), "frame4")).containsExactly(1, 2);
  }

  @Test
  void whereNothingIsLeftToMatchItSaysSo() {
    assertThatThrownBy(() -> selected(DEFAULTS.leaveOneOut(4), "frame2"))
        .isInstanceOfSatisfying(
            UserError.class,
            error -> assertThat(error.knobs()).containsExactly(Knob.ONLY, Knob.WITHOUT))
        .hasMessageStartingWith("expected training pictures to match, found none left");
    assertThatThrownBy(() -> explainer.selection(DEFAULTS.without("*")))
        .isInstanceOf(UserError.class);
    assertThatThrownBy(() -> explainer.selection(DEFAULTS.only("nothing")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("'nothing'");
  }

  @Test
  void thePenultimateLayerIsMatchedUnlessAnotherIsNamed() {
    assertThat(explainer.cells(DEFAULTS).layer().shortName()).isEqualTo("penultimate");
    assertThat(explainer.cells(DEFAULTS.layer("bottleneck")).layer().shortName())
        .isEqualTo("bottleneck");
    assertThatThrownBy(() -> explainer.cells(DEFAULTS.layer("nowhere")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("found 'nowhere'");
  }

  @Test
  void labelsComeFromTheDataSetOrFromTheNetwork() {
    assertThat(((LabelMap) explainer.source(Labels.ORIGINAL).apply(3)).classes())
        .containsOnly(GREEN);
    assertThat(((LabelMap) explainer.source(Labels.SELF).apply(3)).classes()).containsOnly(RED);
    assertThat(explainer.palette()).isEqualTo(Colours.PALETTE);
  }
}
