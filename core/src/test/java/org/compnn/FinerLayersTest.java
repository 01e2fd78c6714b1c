package org.compnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.compnn.database.Database;
import org.compnn.database.Street;
import org.compnn.explain.Explanation;
import org.compnn.explain.Options;
import org.compnn.explain.Query;
import org.compnn.image.Picture;
import org.compnn.network.Network;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.search.Quality;
import org.compnn.study.ReplacedActivations;
import org.compnn.study.Series;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A layer brought to the output's grid, from indexing to the studies. */
final class FinerLayersTest {
  private static final String FINER = "bottleneck@output";

  @TempDir private Path folder;

  @Test
  void itIsIndexedAndFoundAgainByItsName() {
    Path out = folder.resolve("db");
    try (Network network = Street.network()) {
      Index.of(network, Street.of(5).dataset()).threads(2).layers(FINER, "bottleneck").write(out);
    }
    assertThat(Database.verify(out, Progress.NONE)).isEmpty();
    try (CompNN compnn = CompNN.open(out)) {
      Options finer = Options.defaults().layer(FINER);
      assertThat(compnn.cells(finer).layer().rows()).isEqualTo(compnn.network().outputHeight());
      Picture own = compnn.database().input(2);
      for (Options options : List.of(finer.exact(), finer.quality(Quality.BALANCED))) {
        Explanation why = compnn.run(own).explain(options);
        assertThat(why.field().distance()).containsOnly(0);
        assertThat(why.at(3, 4).getFirst().exemplar()).isEqualTo(2);
      }
      Series series = Series.of(compnn, Query.of("own", own), List.of(), finer);
      assertThat(series.steps())
          .extracting(step -> step.layer().shortName())
          .containsExactlyInAnyOrder("bottleneck", FINER);
      assertThatThrownBy(
              () ->
                  ReplacedActivations.of(
                      compnn, Query.of("own", own), finer, ReplacedActivations.Skips.QUERY))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("cannot be put back");
    }
  }
}
