package org.compnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class DatasetCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void data() throws IOException {
    for (String part : List.of("train", "val")) {
      Path images = Files.createDirectories(folder.resolve("data/images/" + part));
      Path masks = Files.createDirectories(folder.resolve("data/masks/" + part));
      Files.write(images.resolve("1.png"), PictureFile.png(Picture.black(1, 2)));
      PictureFile.write(
          masks.resolve("1.png"),
          new LabelMap(1, 2, new byte[] {0, 1}),
          Palette.of(List.of("a", "b")));
    }
  }

  private int run(String... args) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    return commandLine.execute(args);
  }

  @Test
  void whatWasUnderstoodIsPrintedAndDrawn() {
    Path look = folder.resolve("look");
    assertThat(run("dataset", folder.resolve("data").toString(), "--out", look.toString()))
        .isZero();
    assertThat(out.toString().lines().toList())
        .contains(
            "data: 2 pairs, layout paired",
            "Targets: label maps (2)",
            "Sizes: 2 x 1 (2)",
            "Tags: split=train (1), split=val (1)");
    assertThat(out.toString()).containsPattern("class 1 +1 +50\\.0 % +2");
    assertThat(look.resolve("samples.svg")).exists();
    assertThat(look.resolve("report.html")).exists();
  }

  @Test
  void jsonHoldsTheSame() {
    assertThat(run("dataset", folder.resolve("data").toString(), "--json")).isZero();
    JsonNode json = JsonMapper.builder().build().readTree(out.toString());
    assertThat(json.path("layout").asString()).isEqualTo("PAIRED");
    assertThat(json.path("pairs").asInt()).isEqualTo(2);
    assertThat(json.path("survey").path("tags").path("split=val").asInt()).isEqualTo(1);
    assertThat(json.path("survey").path("classes").path(1).path("share").asDouble()).isEqualTo(0.5);
  }
}
