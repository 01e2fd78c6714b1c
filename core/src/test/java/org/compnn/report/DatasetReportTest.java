package org.compnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.Pair;
import org.compnn.dataset.Survey;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatasetReportTest {
  @TempDir private Path out;

  private record Fixed(String id, boolean broken) implements Pair {
    @Override
    public List<String> tags() {
      return List.of("split=train");
    }

    @Override
    public Content read() {
      if (broken) {
        throw new UserError(id + ": broken");
      }
      return new Content(
          Picture.black(2, 2), Optional.of(new LabelMap(2, 2, new byte[] {0, 1, 1, -1})));
    }
  }

  @Test
  void twelveSamplesAreDrawnWithALegendAndBrokenOnesLeftOut() throws IOException {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      pairs.add(new Fixed("p" + i, i == 2));
    }
    Dataset dataset = new Dataset("d", pairs, List.of(), false);
    Palette palette = Palette.of(List.of("wall", "door"));
    Survey survey = Survey.of(dataset, 100, Progress.NONE);
    DatasetReport.sheet(dataset, survey, palette).write(out);
    String svg = Files.readString(out.resolve("samples.svg"));
    assertThat(svg.split(">target</text>", -1)).hasSize(11 + 1);
    assertThat(svg).contains(">p22</text>").doesNotContain(">p2</text>");
    assertThat(Files.readString(out.resolve("classes.csv")).lines().toList())
        .startsWith("class,index,share,pictures", "class 0,0,25.0 %,23");
  }
}
