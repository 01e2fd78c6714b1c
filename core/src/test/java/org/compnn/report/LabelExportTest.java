package org.compnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.compnn.compose.Mask;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.DatasetLayout;
import org.compnn.dataset.DatasetOptions;
import org.compnn.dataset.Pair;
import org.compnn.dataset.TargetFormat;
import org.compnn.files.Json;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class LabelExportTest {
  private static final Palette PALETTE = Palette.of(List.of("sky", "car", "tree"));
  private static final LabelMap LABELS = new LabelMap(2, 3, new byte[] {0, 2, 2, -1, 0, 2});

  @TempDir private Path folder;

  @Test
  void whatIsWrittenAsCocoIsReadBackPixelByPixel() throws IOException {
    CocoExport export = new CocoExport(folder, PALETTE);
    export.add("day/1", Picture.black(2, 3), LABELS);
    export.add("day 1", Picture.black(2, 3), LABELS);
    assertThat(export.finish()).isEqualTo(folder.resolve("labels.json"));
    Dataset dataset =
        Dataset.open(
            folder, DatasetOptions.of(new TargetFormat.Labels(PALETTE, OptionalInt.empty())));
    assertThat(dataset.reading().layout()).contains(DatasetLayout.COCO);
    assertThat(dataset.pairs()).hasSize(2);
    for (Pair pair : dataset.pairs()) {
      assertThat(((LabelMap) pair.read().target().orElseThrow()).classes())
          .containsExactly(0, 2, 2, -1, 0, 2);
    }
  }

  @Test
  void cocoHasRunLengthsBoxesAndWhyARegionIsThere() throws IOException {
    CocoExport export = new CocoExport(folder, PALETTE);
    int image = export.image("x", Picture.black(2, 3));
    BitSet pixels = new BitSet();
    pixels.set(1, 3);
    pixels.set(5);
    Optional<CocoExport.Suspicion> why =
        Optional.of(new CocoExport.Suspicion(OptionalDouble.of(0.75), "sky"));
    export.region(image, 2, new Mask(2, 3, pixels), why);
    JsonNode json = Json.tree(Files.readString(export.finish()));
    JsonNode annotation = json.path("annotations").path(0);
    assertThat(annotation.path("category_id").asInt()).isEqualTo(3);
    assertThat(annotation.path("bbox").toString()).isEqualTo("[1,0,2,2]");
    assertThat(annotation.path("segmentation").path("counts").toString()).isEqualTo("[2,1,1,2]");
    assertThat(annotation.path("score").asDouble()).isEqualTo(0.75);
    assertThat(annotation.path("given").asString()).isEqualTo("sky");
    assertThat(json.path("images").path(0).path("source").asString()).isEqualTo("x");
    assertThat(json.path("categories").path(2).path("name").asString()).isEqualTo("tree");
  }

  @Test
  void fiftyOnesMasksAreGreyAndLeaveZeroForTheUnlabelled() throws IOException {
    FiftyOneExport export = new FiftyOneExport(folder, PALETTE);
    export.add("a", Picture.black(2, 3), LABELS);
    export.finish();
    var image = ImageIO.read(folder.resolve("labels/a.png").toFile());
    assertThat(image.getRaster().getNumBands()).isEqualTo(1);
    assertThat(image.getRaster().getPixels(0, 0, 3, 2, (int[]) null))
        .containsExactly(1, 3, 3, 0, 1, 3);
    assertThat(folder.resolve("data/a.png")).exists();
    JsonNode targets = Json.tree(Files.readString(folder.resolve("mask_targets.json")));
    assertThat(targets.path("3").asString()).isEqualTo("tree");
  }
}
