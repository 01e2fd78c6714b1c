package org.compnn.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.compnn.generate.FacadeFolder.Settings;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class FacadeFolderTest {
  @TempDir private Path folder;

  @Test
  void photosGoInAndClassIndicesComeOut() throws IOException {
    write(new Settings(4, 48, 1, Direction.PHOTOS, false));
    Facade facade = Facades.generate(1, 2, 48);
    BufferedImage photo = read("images/000002.png");
    BufferedImage labels = read("labels/000002.png");
    for (int row = 0; row < 48; row++) {
      for (int column = 0; column < 48; column++) {
        assertThat(photo.getRGB(column, row) & 0xffffff)
            .isEqualTo(facade.photo().pixel(row, column));
        assertThat(labels.getRaster().getSample(column, row, 0))
            .isEqualTo(facade.labels().label(row, column));
        assertThat(labels.getRGB(column, row) & 0xffffff)
            .isEqualTo(facade.colouredLabels().pixel(row, column));
      }
    }
  }

  @Test
  void theOtherDirectionHasColouredLabelsForInputs() throws IOException {
    write(new Settings(2, 48, 1, Direction.LABELS, false));
    Facade facade = Facades.generate(1, 1, 48);
    assertThat(read("images/000001.png").getRGB(20, 20) & 0xffffff)
        .isEqualTo(facade.colouredLabels().pixel(20, 20));
    assertThat(read("labels/000001.png").getRGB(20, 20) & 0xffffff)
        .isEqualTo(facade.photo().pixel(20, 20));
  }

  @Test
  void tagsNameTheStyleOfEveryFacade() throws IOException {
    write(new Settings(5, 32, 7, Direction.PHOTOS, false));
    List<String> lines = Files.readAllLines(folder.resolve("out/tags.csv"));
    assertThat(lines).hasSize(6).first().isEqualTo("id,tags");
    assertThat(lines.get(4)).isEqualTo("000003,style=" + Facades.style(7, 3).label());
  }

  @Test
  void plantedThingsAreWhereTheFileSaysAndNowhereElse() throws IOException {
    write(new Settings(30, 64, 11, Direction.PHOTOS, true));
    JsonNode planted = new JsonMapper().readTree(folder.resolve("out/planted.json").toFile());
    assertThat(planted.get("awnings").size()).isEqualTo(3);
    assertThat(planted.get("mislabelled").size()).isEqualTo(2);
    List<String> lines = Files.readAllLines(folder.resolve("out/tags.csv"));
    for (int i = 0; i < 30; i++) {
      String id = "%06d".formatted(i);
      boolean awning =
          planted.get("awnings").valueStream().anyMatch(n -> n.stringValue().equals(id));
      assertThat(lines.get(i + 1).contains("rare=awning")).isEqualTo(awning);
      int violet = 0;
      int wrong = 0;
      BufferedImage photo = read("images/" + id + ".png");
      BufferedImage labels = read("labels/" + id + ".png");
      Facade truth = Facades.generate(11, i, 64);
      for (int at = 0; at < 64 * 64; at++) {
        int rgb = photo.getRGB(at % 64, at / 64);
        int r = rgb >> 16 & 0xff;
        int g = rgb >> 8 & 0xff;
        int b = rgb & 0xff;
        violet += r > 85 && b > 95 && g < r * 0.55 && r - b < 30 && b - r < 50 ? 1 : 0;
        int given = labels.getRaster().getSample(at % 64, at / 64, 0);
        wrong += given == 3 && truth.labels().classes()[at] == 2 ? 1 : 0;
      }
      if (awning) {
        assertThat(violet).as(id).isGreaterThan(20);
      } else {
        assertThat(violet).as(id).isLessThan(8);
      }
      int said =
          planted
              .get("mislabelled")
              .valueStream()
              .filter(n -> n.get("id").stringValue().equals(id))
              .mapToInt(n -> n.get("pixels").intValue())
              .sum();
      assertThat(wrong).as(id).isEqualTo(said);
    }
  }

  @Test
  void mostBuildingsOfAMistakenStyleHaveTheirWindowsLabelledAsDoors() throws IOException {
    Planted planted =
        FacadeFolder.write(
            folder.resolve("out"),
            new Settings(40, 64, 1, Direction.PHOTOS, false, Optional.of(FacadeStyle.TIMBER)),
            Progress.NONE);
    List<String> wrong = planted.mislabelled().stream().map(Planted.Mislabelled::id).toList();
    int timber = 0;
    for (int i = 0; i < 40; i++) {
      Facade facade = Facades.generate(1, i, 64);
      boolean mistaken = wrong.contains(FacadeFolder.id(i));
      timber += facade.style() == FacadeStyle.TIMBER ? 1 : 0;
      if (mistaken) {
        assertThat(facade.style()).isEqualTo(FacadeStyle.TIMBER);
      }
      BufferedImage labels = read("labels/" + FacadeFolder.id(i) + ".png");
      for (int y = 0; y < 64; y++) {
        for (int x = 0; x < 64; x++) {
          int right = facade.labels().label(y, x);
          int expected =
              mistaken && right == FacadeClass.WINDOW.code() ? FacadeClass.DOOR.code() : right;
          assertThat(labels.getRaster().getSample(x, y, 0)).isEqualTo(expected);
        }
      }
    }
    assertThat(wrong).hasSizeBetween(timber / 2, timber - 1);
  }

  @Test
  void aFolderWithFilesInItIsLeftAlone() throws IOException {
    Path out = Files.createDirectories(folder.resolve("out"));
    Files.writeString(out.resolve("mine.txt"), "keep");
    assertThatThrownBy(() -> write(new Settings(1, 32, 1, Direction.PHOTOS, false)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("empty folder");
    try (Stream<Path> inside = Files.list(out)) {
      assertThat(inside).containsExactly(out.resolve("mine.txt"));
    }
  }

  @Test
  void theCommandWritesWhatItSays() throws IOException {
    StringWriter said = new StringWriter();
    CommandLine command =
        new CommandLine(new GenerateCommand())
            .setOut(new PrintWriter(said))
            .setCaseInsensitiveEnumValuesAllowed(true);
    Path out = folder.resolve("out");
    int code =
        command.execute(
            "--count", "8", "--size", "32", "--plant", "--direction", "labels", "--out", "" + out);
    assertThat(code).isZero();
    assertThat(said.toString())
        .contains("8 facades of 32 x 32 pixels, inputs: labels", "awnings in");
    try (Stream<Path> inside = Files.list(out.resolve("images"))) {
      assertThat(inside).hasSize(8);
    }
  }

  private void write(Settings settings) throws IOException {
    FacadeFolder.write(folder.resolve("out"), settings, Progress.NONE);
  }

  private BufferedImage read(String name) throws IOException {
    return ImageIO.read(folder.resolve("out").resolve(name).toFile());
  }
}
