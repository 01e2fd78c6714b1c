package org.compnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A figure for a paper, as a person asks for it. */
@Tag("end-to-end")
final class FigureEndToEndIT extends SmallStudies {
  @Test
  void aFigureIsWrittenAndWrittenAgain() throws IOException {
    index();
    Path file = folder.resolve("figures/a.pdf");
    run("figure", database, picture(0), "--out", file);
    byte[] first = Files.readAllBytes(file);
    assertThat(new String(first, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
    run("figure", database, picture(0), "--out", file);
    assertThat(Files.readAllBytes(file)).isEqualTo(first);
  }

  @Test
  void aDataSetHasARowForEachPictureWithTheTruth() throws IOException {
    index();
    Path file = folder.resolve("a.svg");
    run("figure", database, data, "--limit", 2, "--panels", "input,truth", "--out", file);
    assertThat(Files.readString(file).split("<image", -1)).hasSize(5);
    run("figure", database, picture(0), "--panels", "input,truth", "--out", file);
    assertThat(out.toString()).contains("Left out where it is not known: truth");
  }

  @Test
  void whatCannotBeSetIsOneLine() {
    index();
    String picture = picture(0).toString();
    String db = database.toString();
    String svg = folder.resolve("a.svg").toString();
    for (List<String> words :
        List.of(
            List.of("figure", db, picture, "--out", folder.resolve("a.png").toString()),
            List.of("figure", db, picture, "--out", folder.toString()),
            List.of("figure", db, picture, "--panels", "inputs", "--out", svg),
            List.of("figure", db, picture, "--width-mm", "5", "--out", svg),
            List.of("figure", db, picture, "--sources", "0", "--out", svg),
            List.of("figure", db, picture, "--panels", "truth", "--out", svg))) {
      assertThat(Main.run(words.toArray(String[]::new))).isEqualTo(2);
    }
    assertThat(folder.resolve("a.svg")).doesNotExist();
  }
}
