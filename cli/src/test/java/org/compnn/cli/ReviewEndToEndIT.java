package org.compnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.compnn.compose.Mask;
import org.compnn.compose.OutlinePath;
import org.compnn.database.Database;
import org.compnn.image.LabelMap;
import org.compnn.progress.Progress;
import org.compnn.study.Decision;
import org.compnn.study.Review;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Labels that a person found wrong, put right in the database. */
@Tag("end-to-end")
final class ReviewEndToEndIT extends SmallStudies {
  /** What was accepted. */
  private record Accepted(Mask region, int label) {}

  private Accepted accept() {
    try (Database open = Database.open(database)) {
      LabelMap labels = (LabelMap) open.target(2);
      Mask region = OutlinePath.mask("M1 1h3v2h-3z", labels.height(), labels.width());
      int label = (labels.label(1, 1) + 1) % open.palette().orElseThrow().size();
      Review.of(database)
          .append(
              new Decision(
                  Decision.TRAINING,
                  open.exemplars().get(2).id(),
                  Optional.of(region),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.of(open.palette().orElseThrow().name(label)),
                  Decision.Verdict.ACCEPT,
                  "Ada",
                  Review.now(),
                  "page"));
      return new Accepted(region, label);
    }
  }

  @Test
  void anAcceptedRegionIsExportedAndReplacedAndTheRestStays() throws IOException {
    index();
    byte[] before;
    try (Database open = Database.open(database)) {
      before = ((LabelMap) open.target(2)).classes();
    }
    Accepted accepted = accept();
    Path fixed = folder.resolve("fixed");
    run("review", database, "--data", data, "--export", "corrected", "--out", fixed);
    assertThat(out.toString())
        .contains("1 decisions, 1 stand")
        .contains("accept        1 in 1 picture")
        .contains("Wrote 1 label pictures");
    run("index", database, "--replace", fixed);
    assertThat(out.toString())
        .contains("Replaced the labels of 1 picture, and 0 pictures with labels; 0 as before");
    try (Database open = Database.open(database)) {
      byte[] expected = before.clone();
      accepted.region().pixels().stream()
          .forEach(pixel -> expected[pixel] = (byte) accepted.label());
      assertThat(((LabelMap) open.target(2)).classes()).isEqualTo(expected);
    }
    assertThat(Database.verify(database, Progress.NONE)).isEmpty();
    run("explain", database, picture(2), "--out", folder.resolve("why"));
  }

  @Test
  void reviewsOfOthersArePutTogether() throws IOException {
    index();
    accept();
    Path theirs = folder.resolve("theirs.jsonl");
    Files.copy(Review.of(database).file(), theirs);
    Files.delete(Review.of(database).file());
    run("review", database, "--merge", theirs);
    assertThat(out.toString()).contains("Added 1 decisions");
    assertThat(Review.of(database).standing()).hasSize(1);
  }

  @Test
  void whatCannotBeReplacedIsOneLine() throws IOException {
    index();
    Path strange = Files.createDirectories(folder.resolve("strange"));
    Files.copy(data.resolve("labels/0.png"), strange.resolve("elsewhere.png"));
    assertThat(Main.run("index", database.toString(), "--replace", strange.toString()))
        .isEqualTo(2);
    for (List<String> words :
        List.of(
            List.of("index", database.toString()),
            List.of("index", "x.onnx", "data"),
            List.of("index", database.toString(), "--replace", "x", "--add"),
            List.of("review", database.toString(), "--export", "coco"),
            List.of("review", database.toString(), "--export", "x", "--out", "y"),
            List.of("review", folder.resolve("none.db").toString()))) {
      assertThat(Main.run(words.toArray(String[]::new))).isEqualTo(2);
    }
  }
}
