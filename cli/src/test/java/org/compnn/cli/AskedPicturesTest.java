package org.compnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.compnn.CompNN;
import org.compnn.Index;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.DatasetOptions;
import org.compnn.dataset.Direction;
import org.compnn.dataset.SideBySide;
import org.compnn.dataset.TargetFormat;
import org.compnn.explain.Query;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.network.Network;
import org.compnn.problem.UserError;
import org.compnn.study.Colours;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command explains, and where it may write, with a database of side-by-side pairs. */
final class AskedPicturesTest {
  @TempDir private Path folder;

  private final StringWriter printed = new StringWriter();
  private Path database;
  private Path pairs;

  @BeforeEach
  void indexPairsWhoseRightHalfIsTheInput() throws IOException {
    database = folder.resolve("pairs.db");
    pairs = Files.createDirectories(folder.resolve("pairs"));
    try (Network network = Colours.labeller(folder.resolve("network"))) {
      TargetFormat.Labels format = (TargetFormat.Labels) TargetFormat.of(network.output());
      for (int i = 0; i < 2; i++) {
        Files.write(
            pairs.resolve(i + ".png"),
            PictureFile.png(
                beside(Colours.labels(i), Colours.picture(0x010203 * (i + 1)), format.palette())));
      }
      DatasetOptions options = DatasetOptions.of(format).withDirection(Direction.BTOA);
      Index.of(network, Dataset.open(pairs, options)).layers("penultimate").write(database);
    }
  }

  private static Picture beside(LabelMap labels, Picture input, Palette palette) {
    Picture target = palette.paint(labels);
    byte[] rgb = new byte[2 * input.rgb().length];
    int line = input.width() * 3;
    for (int row = 0; row < input.height(); row++) {
      System.arraycopy(target.rgb(), row * line, rgb, row * 2 * line, line);
      System.arraycopy(input.rgb(), row * line, rgb, row * 2 * line + line, line);
    }
    return new Picture(input.height(), 2 * input.width(), rgb);
  }

  private List<Query> asked(CompNN compnn, Path path) {
    return AskedPictures.of(
            List.of(path), compnn, new DatasetArguments(), new SampleArguments(), 9, printed::write)
        .stream()
        .map(Supplier::get)
        .toList();
  }

  @Test
  void theHalvesOfTrainingAreRememberedAndSaid() {
    try (CompNN compnn = CompNN.open(database)) {
      assertThat(compnn.database().sideBySide()).contains(new SideBySide(Direction.BTOA, 2));
      Query query = asked(compnn, pairs.resolve("1.png")).getFirst();
      assertThat(query.name()).isEqualTo("1");
      assertThat(query.picture()).usingRecursiveComparison().isEqualTo(Colours.picture(0x020406));
      assertThat(query.truth().orElseThrow())
          .usingRecursiveComparison()
          .isEqualTo(Colours.labels(1));
      assertThat(printed.toString()).contains("1.png: the right half is the input");
    }
  }

  @Test
  void aPictureOfOneHalfIsTakenWhole() throws IOException {
    Path single = folder.resolve("single.png");
    Files.write(single, PictureFile.png(Colours.picture(0x102030)));
    try (CompNN compnn = CompNN.open(database)) {
      Query query = asked(compnn, single).getFirst();
      assertThat(query.picture().width()).isEqualTo(Colours.SIDE);
      assertThat(query.truth()).isEmpty();
    }
  }

  @Test
  void aFolderIsADataSetWithItsTruth() {
    try (CompNN compnn = CompNN.open(database)) {
      List<Query> queries = asked(compnn, pairs);
      assertThat(queries).extracting(Query::name).containsExactly("0", "1");
      assertThat(queries.getFirst().truth().orElseThrow())
          .usingRecursiveComparison()
          .isEqualTo(Colours.labels(0));
    }
  }

  @Test
  void nothingIsWrittenIntoADatabaseOrOverAFile() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    for (Path out : List.of(database, database.resolve("why"), file, file.resolve("why"))) {
      assertThatThrownBy(() -> OutFolder.check(out, false))
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith("--out: " + out)
          .hasMessageNotContaining("\n");
    }
    assertThatCode(() -> OutFolder.check(database, true)).doesNotThrowAnyException();
    assertThatThrownBy(() -> OutFolder.check(database.resolve("inner"), true))
        .isInstanceOf(UserError.class);
    assertThatCode(() -> OutFolder.check(folder.resolve("a/b"), false)).doesNotThrowAnyException();
  }

  @Test
  void theFolderIsLookedAtBeforeAnythingElse() {
    StringWriter err = new StringWriter();
    var commandLine = Main.commandLine();
    commandLine.setErr(new PrintWriter(err));
    int code =
        commandLine.execute(
            "explain", database.toString(), "no-such.png", "--out", database + "/why");
    assertThat(code).isEqualTo(2);
    assertThat(err.toString().lines()).singleElement().asString().contains("outside of databases");
  }
}
