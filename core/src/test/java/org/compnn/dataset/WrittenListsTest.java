package org.compnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.OptionalInt;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CSV and list files as spreadsheets, editors and other machines leave them. */
final class WrittenListsTest {
  private static final Palette AB = Palette.of(List.of("a", "b"));
  private static final DatasetOptions LABELS =
      DatasetOptions.of(new TargetFormat.Labels(AB, OptionalInt.empty()));

  @TempDir private Path folder;

  @BeforeEach
  void makePictures() throws IOException {
    for (String id : List.of("1", "2", "Straße")) {
      photo(folder, id);
    }
  }

  private static void photo(Path folder, String id) throws IOException {
    Path input = folder.resolve("x/" + id + ".png");
    Path target = folder.resolve("y/" + id + ".png");
    Files.createDirectories(input.getParent());
    Files.createDirectories(target.getParent());
    Files.write(input, PictureFile.png(Picture.black(1, 1)));
    PictureFile.write(target, new LabelMap(1, 1, new byte[] {1}), AB);
  }

  private Dataset open(String name, String text, Charset charset) throws IOException {
    return Dataset.open(Files.write(folder.resolve(name), text.getBytes(charset)), LABELS);
  }

  private Dataset open(String name, String text) throws IOException {
    return open(name, text, StandardCharsets.UTF_8);
  }

  private static void isOnePair(Dataset dataset, String id) {
    assertThat(dataset.pairs()).extracting(Pair::id).containsExactly(id);
    LabelMap target = (LabelMap) dataset.pairs().getFirst().target().orElseThrow();
    assertThat(target.label(0, 0)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void byteOrderMarksAreNoText(String charset) throws IOException {
    Charset in = Charset.forName(charset);
    isOnePair(open("a.csv", "\ufeffinput,target\nx/Straße.png,y/Straße.png\n", in), "x/Straße");
    isOnePair(open("a.txt", "\ufeffx/Straße.png y/Straße.png\n", in), "Straße");
    isOnePair(open("b.csv", "input,target\nx/Straße.png,y/Straße.png\n", in), "x/Straße");
  }

  @Test
  void whatIsNoUtf8IsLatinAndSaid() throws IOException {
    Dataset dataset =
        open("a.csv", "input,target\nx/Straße.png,y/Straße.png\n", StandardCharsets.ISO_8859_1);
    isOnePair(dataset, "x/Straße");
    assertThat(dataset.reading().notes())
        .singleElement()
        .asString()
        .contains("a.csv: read as Latin-1");
  }

  @Test
  void semicolonsAndTabsSeparateColumns() throws IOException {
    isOnePair(open("a.csv", "input;target;tags\nx/1.png;y/1.png;a,b\n"), "x/1");
    isOnePair(open("a.csv", "input\ttarget\nx/1.png\ty/1.png\n"), "x/1");
    assertThat(open("a.csv", "input,target,tags\nx/1.png,y/1.png,a;b\n").pairs().getFirst().tags())
        .containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x/1.png y/1.png", "x/1.png\ty/1.png", "x/1.png;y/1.png", "x/1.png, y/1.png"})
  void listsSeparatePathsByWhatTheyHave(String line) throws IOException {
    isOnePair(open("a.txt", line + "\r\n"), "1");
  }

  @Test
  void pathsWithSpacesCanBeSeparatedByTabs() throws IOException {
    photo(folder, "a street");
    isOnePair(open("a.txt", "x/a street.png\ty/a street.png\n"), "a street");
    assertThatThrownBy(() -> open("a.txt", "x/a street.png y/a street.png\n"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("line 1: expected an input and a target, found 4 words");
  }

  @Test
  void windowsPathsMeetLocalFiles() throws IOException {
    isOnePair(open("a.csv", "input,target\nD:\\data\\x\\1.png,D:\\data\\y\\1.png\n"), "x/1");
    isOnePair(open("a.csv", "input,target\nx\\1.png,y\\1.png\n"), "x/1");
    isOnePair(open("a.txt", "\\\\server\\share\\x\\1.png \\\\server\\share\\y\\1.png\n"), "1");
  }

  @Test
  void absolutePathsBelowTheFileGiveTheIdsOfRelativeOnes() throws IOException {
    String line = "%s,%s\n";
    String lines =
        line.formatted(folder.resolve("x/1.png"), folder.resolve("y/1.png"))
            + line.formatted(folder.resolve("x/2.png"), folder.resolve("y/2.png"));
    assertThat(open("a.csv", "input,target\n" + lines).pairs())
        .extracting(Pair::id)
        .containsExactly("x/1", "x/2");
  }

  @Test
  void absolutePathsElsewhereGiveIdsBelowTheFolderThatHoldsAll(@TempDir Path elsewhere)
      throws IOException {
    photo(elsewhere, "5");
    photo(elsewhere.resolve("more"), "5");
    String lines = elsewhere.resolve("x/5.png") + "\n" + elsewhere.resolve("more/x/5.png") + "\n";
    assertThat(open("a.csv", "input\n" + lines).pairs())
        .extracting(Pair::id)
        .containsExactly("x/5", "more/x/5");
  }

  @ParameterizedTest
  @CsvSource({"a.csv, input", "a.txt, x/1.png"})
  void aNulInAPathIsRefusedInOneLine(String name, String first) {
    assertThatThrownBy(() -> open(name, first + "\nx/1\0.png\n"))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll(name, "line 2", "NUL")
        .hasMessageNotContaining("\n");
  }

  @Test
  void namesOfEitherNormalFormMeet() throws IOException {
    String composed = Normalizer.normalize("Brücke", Normalizer.Form.NFC);
    String decomposed = Normalizer.normalize("Brücke", Normalizer.Form.NFD);
    photo(folder, decomposed);
    assertThat(open("a.csv", "input\nx/" + composed + ".png\n").pairs())
        .extracting(Pair::id)
        .containsExactly("x/" + composed);
  }
}
