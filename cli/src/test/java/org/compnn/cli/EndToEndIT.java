package org.compnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.compnn.database.Database;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.network.SmallNetworks;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands as a person runs them, from a network and a folder of pairs to tables. */
@Tag("end-to-end")
final class EndToEndIT {
  private static final int ROWS = SmallNetworks.HEIGHT;
  private static final int COLUMNS = SmallNetworks.WIDTH;
  private static final int EXEMPLARS = 6;

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path network;
  private Path data;
  private Path database;

  @BeforeEach
  void writeTheDataSet() throws IOException {
    network = SmallNetworks.segmentation(folder.resolve("network"), 1);
    data = folder.resolve("data");
    database = folder.resolve("train.db");
    write(data, 0, EXEMPLARS);
  }

  /** Pairs with the ids {@code from} until before {@code to}, the same whatever the folder. */
  private static void write(Path data, int from, int to) throws IOException {
    Files.createDirectories(data.resolve("images"));
    Files.createDirectories(data.resolve("labels"));
    for (int i = from; i < to; i++) {
      Random random = new Random(i);
      byte[] rgb = new byte[ROWS * COLUMNS * 3];
      random.nextBytes(rgb);
      byte[] classes = new byte[ROWS * COLUMNS];
      for (int p = 0; p < classes.length; p++) {
        classes[p] = (byte) random.nextInt(SmallNetworks.CLASSES);
      }
      Files.write(
          data.resolve("images/" + i + ".png"), PictureFile.png(new Picture(ROWS, COLUMNS, rgb)));
      PictureFile.write(
          data.resolve("labels/" + i + ".png"),
          new LabelMap(ROWS, COLUMNS, classes),
          Palette.of(java.util.List.of("wall", "window", "door", "roof")));
    }
  }

  private int run(Object... args) {
    String[] words = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      words[i] = args[i].toString();
    }
    var commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    return commandLine.execute(words);
  }

  private void index() {
    assertThat(run("index", network, data, "--out", database)).as(err.toString()).isZero();
  }

  /**
   * The numbers of an NPY file, read by nothing of ours: they follow a header of a known length.
   */
  private static ByteBuffer numbers(Path npy) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(npy)).order(ByteOrder.LITTLE_ENDIAN);
    int header = Short.toUnsignedInt(file.getShort(8));
    return file.slice(10 + header, file.capacity() - 10 - header).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The cells of the penultimate layer as stored, standardised: exemplar, row, column, channel. */
  private double[][] cells() throws IOException {
    Path layer;
    try (Database db = Database.open(database);
        var folders = Files.list(database.resolve("layers"))) {
      int channels = db.cells("penultimate").layer().channels();
      layer =
          folders
              .filter(
                  f -> {
                    try {
                      return numbers(f.resolve("mean.npy")).remaining() == channels * 4;
                    } catch (IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                  })
              .findFirst()
              .orElseThrow();
    }
    ByteBuffer mean = numbers(layer.resolve("mean.npy"));
    ByteBuffer deviation = numbers(layer.resolve("deviation.npy"));
    ByteBuffer stored = numbers(layer.resolve("cells-00000.npy"));
    int channels = mean.remaining() / 4;
    double[][] cells = new double[EXEMPLARS * ROWS * COLUMNS][channels];
    assertThat(stored.remaining()).isEqualTo(cells.length * channels * 2);
    for (int i = 0; i < cells.length; i++) {
      for (int c = 0; c < channels; c++) {
        double value = Float.float16ToFloat(stored.getShort((i * channels + c) * 2));
        cells[i][c] = (value - mean.getFloat(c * 4)) / deviation.getFloat(c * 4);
      }
    }
    return cells;
  }

  private static double distance(double[][] cells, int query, int row, int column, int at, int p) {
    int first = -((p - 1) / 2);
    double sum = 0;
    for (int a = first; a < first + p; a++) {
      for (int b = first; b < first + p; b++) {
        double[] q = cells[query * ROWS * COLUMNS + inside(row + a, column + b)];
        int exemplar = at / (ROWS * COLUMNS);
        int cell = at % (ROWS * COLUMNS);
        double[] d =
            cells[exemplar * ROWS * COLUMNS + inside(cell / COLUMNS + a, cell % COLUMNS + b)];
        for (int c = 0; c < q.length; c++) {
          sum += (q[c] - d[c]) * (q[c] - d[c]);
        }
      }
    }
    return sum;
  }

  private static int inside(int row, int column) {
    return Math.clamp(row, 0, ROWS - 1) * COLUMNS + Math.clamp(column, 0, COLUMNS - 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void theFieldIsWhatAPlainSearchOfTheStoredCellsFinds(int p) throws IOException {
    index();
    int query = 2;
    assertThat(
            run(
                "explain",
                database,
                data.resolve("images/" + query + ".png"),
                "--hyperpatch",
                p,
                "--leave-one-out",
                "--out",
                folder.resolve("why")))
        .as(err.toString())
        .isZero();
    ByteBuffer field = numbers(folder.resolve("why/2/field.npy"));
    ByteBuffer found = numbers(folder.resolve("why/2/distance.npy"));
    double[][] cells = cells();
    Random random = new Random(p);
    for (int i = 0; i < 40; i++) {
      int row = random.nextInt(ROWS);
      int column = random.nextInt(COLUMNS);
      double best = Double.POSITIVE_INFINITY;
      for (int at = 0; at < cells.length; at++) {
        if (at / (ROWS * COLUMNS) != query) {
          best = Math.min(best, distance(cells, query, row, column, at, p));
        }
      }
      int cell = row * COLUMNS + column;
      int exemplar = field.getInt(cell * 12);
      assertThat(exemplar).isNotEqualTo(query);
      int matched =
          (exemplar * ROWS + field.getInt(cell * 12 + 4)) * COLUMNS + field.getInt(cell * 12 + 8);
      assertThat(distance(cells, query, row, column, matched, p))
          .isCloseTo(best, org.assertj.core.data.Percentage.withPercentage(1e-3));
      assertThat((double) found.getFloat(cell * 4))
          .isCloseTo(best, org.assertj.core.data.Percentage.withPercentage(1e-3));
    }
  }

  @Test
  void aPictureOfTheTrainingSetIsTracedToItself() throws IOException {
    index();
    assertThat(run("explain", database, data.resolve("images/4.png"), "--out", folder.resolve("w")))
        .as(err.toString())
        .isZero();
    ByteBuffer field = numbers(folder.resolve("w/4/field.npy"));
    ByteBuffer found = numbers(folder.resolve("w/4/distance.npy"));
    for (int cell = 0; cell < ROWS * COLUMNS; cell++) {
      assertThat(found.getFloat(cell * 4)).isZero();
      assertThat(field.getInt(cell * 12)).isEqualTo(4);
      assertThat(field.getInt(cell * 12 + 4)).isEqualTo(cell / COLUMNS);
      assertThat(field.getInt(cell * 12 + 8)).isEqualTo(cell % COLUMNS);
    }
    Path why = folder.resolve("w/4");
    assertThat(PictureFile.readIndices(why.resolve("output.png")).classes())
        .isEqualTo(PictureFile.readIndices(why.resolve("network.png")).classes());
    assertThat(PictureFile.readIndices(why.resolve("other.png")).classes())
        .isEqualTo(PictureFile.readIndices(data.resolve("labels/4.png")).classes());
    assertThat(PictureFile.read(why.resolve("reconstruction.png")).rgb())
        .isEqualTo(PictureFile.read(data.resolve("images/4.png")).rgb());
    assertThat(folder.resolve("w/report.html")).isNotEmptyFile();
  }

  @Test
  void addedPairsMatchBesideTheOthers() throws IOException {
    index();
    Path more = folder.resolve("more");
    write(more, 4, 8);
    assertThat(run("index", network, more, "--out", database, "--add")).as(err.toString()).isZero();
    assertThat(out.toString()).contains("Added 2 pictures");
    assertThat(run("verify", database)).as(err.toString()).isZero();
    assertThat(run("explain", database, more.resolve("images/7.png"), "--out", folder.resolve("w")))
        .as(err.toString())
        .isZero();
    ByteBuffer field = numbers(folder.resolve("w/7/field.npy"));
    ByteBuffer found = numbers(folder.resolve("w/7/distance.npy"));
    for (int cell = 0; cell < ROWS * COLUMNS; cell++) {
      assertThat(found.getFloat(cell * 4)).isZero();
      assertThat(field.getInt(cell * 12)).isEqualTo(7);
    }
    // Once more there is nothing to add.
    assertThat(run("index", network, more, "--out", database, "--add")).as(err.toString()).isZero();
    assertThat(out.toString()).contains("Added 0 pictures");
  }

  @Test
  void addingSaysWhatIsWrong() throws IOException {
    assertThat(run("index", network, data, "--out", database, "--add")).isEqualTo(2);
    assertThat(err.toString()).contains(database.toString());
    index();
    Path other = SmallNetworks.segmentation(folder.resolve("other"), 2);
    assertThat(run("index", other, data, "--out", database, "--add")).isEqualTo(2);
    assertThat(err.toString()).contains("was indexed with, found another");
    assertThat(run("index", network, data, "--out", database, "--add", "--force")).isEqualTo(2);
    assertThat(err.toString()).contains("--add and --force");
    assertThat(run("verify", database)).as(err.toString()).isZero();
  }

  @Test
  void evaluationOnTheTrainingSetItselfAgreesWithTheNetworkEverywhere() throws IOException {
    index();
    assertThat(
            run(
                "evaluate",
                database,
                data,
                "--limit",
                3,
                "--layers",
                "bottleneck",
                "--out",
                folder.resolve("n")))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).contains("Evaluated 3 pictures");
    String csv = Files.readString(folder.resolve("n/metrics.csv"));
    assertThat(csv.lines().filter(l -> l.contains("self") && l.contains(",network,")))
        .isNotEmpty()
        .allMatch(l -> l.contains(",network,3,1.0,1.0,1.0,1.0"));
    assertThat(csv).contains("global NN, bottleneck, original", "CompNN, original, at bottleneck");
    assertThat(Files.readString(folder.resolve("n/reconstruction.csv")).lines())
        .anyMatch(l -> l.startsWith("CompNN,input,3,0.0,"))
        .anyMatch(l -> l.contains("CompNN, at bottleneck") && l.contains(",input,3,0.0,"));
    assertThat(folder.resolve("n/metrics.json")).isNotEmptyFile();
  }

  @Test
  void aListFileChoosesTheExemplarsThatMayMatch() throws IOException {
    index();
    Path list = Files.writeString(folder.resolve("chosen.txt"), "1\n3\n");
    assertThat(
            run(
                "explain",
                database,
                data.resolve("images/4.png"),
                "--only",
                "@" + list,
                "--out",
                folder.resolve("w")))
        .as(err.toString())
        .isZero();
    ByteBuffer field = numbers(folder.resolve("w/4/field.npy"));
    for (int cell = 0; cell < ROWS * COLUMNS; cell++) {
      assertThat(field.getInt(cell * 12)).isIn(1, 3);
    }
  }

  @Test
  void aBrokenPictureIsNamedBeforeAnyIsExplainedAndLeavesNothing() throws IOException {
    index();
    Path broken = Files.writeString(folder.resolve("broken.png"), "no picture");
    assertThat(
            run(
                "explain",
                database,
                data.resolve("images/4.png"),
                broken,
                "--out",
                folder.resolve("w")))
        .isEqualTo(2);
    assertThat(err.toString()).contains(broken.toString());
    assertThat(out.toString()).doesNotContain("exemplars used");
    assertThat(folder.resolve("w")).doesNotExist();
  }

  @Test
  void aDamagedDatabaseIsNamedByVerifyAndASelectionOfNothingIsRefused() throws IOException {
    index();
    assertThat(run("verify", database)).isZero();
    assertThat(
            run(
                "explain",
                database,
                data.resolve("images/1.png"),
                "--only",
                "none",
                "--out",
                folder.resolve("w")))
        .isEqualTo(2);
    assertThat(err.toString()).contains("none");
    Path picture = database.resolve("network/model.onnx");
    byte[] bytes = Files.readAllBytes(picture);
    bytes[bytes.length / 2] ^= 1;
    Files.write(picture, bytes);
    assertThat(run("verify", database)).isEqualTo(2);
    assertThat(err.toString()).contains("model.onnx");
  }
}
