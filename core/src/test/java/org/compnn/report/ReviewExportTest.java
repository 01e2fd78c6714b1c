package org.compnn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.compnn.study.Colours.BLUE;
import static org.compnn.study.Colours.GREEN;
import static org.compnn.study.Colours.RED;
import static org.compnn.study.Colours.all;
import static org.compnn.study.Colours.at;
import static org.compnn.study.Colours.pixels;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.compnn.CompNN;
import org.compnn.compose.Mask;
import org.compnn.compose.OutlinePath;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.DatasetOptions;
import org.compnn.dataset.LabelFolder;
import org.compnn.dataset.TargetFormat;
import org.compnn.files.Json;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.PictureFile;
import org.compnn.problem.UserError;
import org.compnn.study.Colours;
import org.compnn.study.Decision;
import org.compnn.study.Decision.Verdict;
import org.compnn.study.Review;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;

final class ReviewExportTest {
  private static final TargetFormat.Labels FORMAT =
      new TargetFormat.Labels(Colours.PALETTE, OptionalInt.empty());

  @TempDir private Path folder;
  private CompNN compnn;
  private Review review;
  private Mask wrong;

  @BeforeEach
  void aDatabaseWithAWrongBlock() {
    compnn =
        Colours.labelled(
            folder,
            Colours.pair(
                "day/1",
                Colours.picture(all(Colours.red(200), at(5, Colours.blue(200)))),
                Colours.labels(all(RED, at(5, GREEN)))),
            Colours.pair("day/2", Colours.picture(Colours.green(200)), Colours.labels(all(GREEN))));
    BitSet block = new BitSet();
    Arrays.stream(pixels(5)).forEach(block::set);
    wrong = new Mask(16, 16, block);
    review = Review.of(compnn.database().folder());
    decide(Decision.TRAINING, "day/1", Optional.of(wrong), Verdict.ACCEPT);
    decide(Decision.TRAINING, "day/2", Optional.empty(), Verdict.EXCLUDE);
    decide(Decision.TRAINING, "gone", Optional.empty(), Verdict.EXCLUDE);
    decide("data", "other", Optional.empty(), Verdict.SKIP);
  }

  @AfterEach
  void close() {
    compnn.close();
  }

  private void decide(String set, String picture, Optional<Mask> region, Verdict verdict) {
    review.append(
        new Decision(
            set,
            picture,
            region,
            region.map(_ -> "green"),
            region.map(_ -> "blue"),
            verdict == Verdict.ACCEPT ? Optional.of("blue") : Optional.empty(),
            verdict,
            "Ada, \"A\"",
            Review.now(),
            "page"));
  }

  private int export(ReviewExport.Format format) throws IOException {
    return ReviewExport.of(review, ReviewedPictures.of(compnn))
        .write(format, ExportFiles.in(folder.resolve("out")));
  }

  private String text(String name) throws IOException {
    return Files.readString(folder.resolve("out").resolve(name));
  }

  @Test
  void correctedLabelsAreReadBackWithTheAcceptedRegion() throws IOException {
    assertThat(export(ReviewExport.Format.CORRECTED)).isEqualTo(1);

    LabelFolder read = LabelFolder.open(folder.resolve("out"), FORMAT);
    assertThat(read.ids()).containsExactly("day/1");
    assertThat(((LabelMap) read.read("day/1")).classes())
        .isEqualTo(Colours.labels(all(RED, at(5, BLUE))).classes());
  }

  @Test
  void correctedLabelsOfADataSetAreCodedAsItsOwnAndTheOriginalsStay() throws IOException {
    // Twice as large as the network's output, 0 unlabelled in none, a pixel of 255 that stays.
    Path data = folder.resolve("data");
    Files.createDirectories(data.resolve("images/day"));
    Files.createDirectories(data.resolve("labels/day"));
    byte[] labels = new byte[16 * 16];
    for (int pixel : pixels(5)) {
      labels[pixel] = GREEN;
    }
    labels[0] = (byte) 255;
    PictureFile.write(
        data.resolve("images/day/1.png"),
        Colours.picture(all(Colours.red(200), at(5, Colours.blue(200)))),
        Colours.PALETTE);
    Path original = data.resolve("labels/day/1.png");
    Files.write(original, PictureFile.grey(new LabelMap(16, 16, labels)));
    byte[] before = Files.readAllBytes(original);
    Dataset dataset = Dataset.open(data, DatasetOptions.of(FORMAT));

    int count =
        ReviewExport.of(review, ReviewedPictures.of(compnn, dataset))
            .write(ReviewExport.Format.CORRECTED, ExportFiles.in(folder.resolve("out")));

    assertThat(count).isEqualTo(1);
    byte[] expected = labels.clone();
    for (int pixel : pixels(5)) {
      expected[pixel] = BLUE;
    }
    assertThat(PictureFile.readIndices(folder.resolve("out/day/1.png")).classes())
        .isEqualTo(expected);
    assertThat(Files.readAllBytes(original)).isEqualTo(before);
  }

  @Test
  void aDataSetOfOtherPicturesIsRefused() {
    Dataset other =
        Colours.dataset(Colours.pair("x", Colours.picture(0), Colours.labels(all(RED))));
    assertThatThrownBy(() -> ReviewedPictures.of(compnn, other))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("name the data set that was indexed");
  }

  @Test
  void coloursStayColours() throws IOException {
    Path data = folder.resolve("data");
    Files.createDirectories(data.resolve("images/day"));
    Files.createDirectories(data.resolve("labels/day"));
    PictureFile.write(
        data.resolve("images/day/1.png"), Colours.picture(Colours.red(200)), Colours.PALETTE);
    LabelMap labels = Colours.labels(all(RED, at(5, GREEN)));
    Files.write(data.resolve("labels/day/1.png"), PictureFile.png(Colours.PALETTE.paint(labels)));
    Dataset dataset = Dataset.open(data, DatasetOptions.of(FORMAT));
    ReviewExport.of(review, ReviewedPictures.of(compnn, dataset))
        .write(ReviewExport.Format.CORRECTED, ExportFiles.in(folder.resolve("out")));

    assertThat(PictureFile.read(folder.resolve("out/day/1.png")).rgb())
        .isEqualTo(Colours.PALETTE.paint(Colours.labels(all(RED, at(5, BLUE)))).rgb());
  }

  @Test
  void cocoHasTheAcceptedRegionWithWhatItWas() throws IOException {
    assertThat(export(ReviewExport.Format.COCO)).isEqualTo(1);

    JsonNode json = Json.tree(text("labels.json"));
    JsonNode annotation = json.path("annotations").path(0);
    assertThat(json.path("annotations").size()).isEqualTo(1);
    assertThat(annotation.path("category_id").asInt()).isEqualTo(BLUE + 1);
    assertThat(annotation.path("given").asString()).isEqualTo("green");
    assertThat(annotation.path("bbox").toString()).isEqualTo("[4,4,4,4]");
    assertThat(annotation.has("score")).isFalse();
    Dataset dataset = Dataset.open(folder.resolve("out"), DatasetOptions.of(FORMAT));
    LabelMap read = (LabelMap) dataset.pairs().getFirst().read().target().orElseThrow();
    assertThat(read.label(4, 4)).isEqualTo(BLUE);
    assertThat(read.label(3, 4)).isEqualTo(LabelMap.UNLABELLED);
  }

  @Test
  void csvHasEveryDecisionThatStands() throws IOException {
    assertThat(export(ReviewExport.Format.CSV)).isEqualTo(4);

    List<CSVRecord> rows =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .get()
            .parse(new StringReader(text("regions.csv")))
            .getRecords();
    CSVRecord accepted =
        rows.stream().filter(row -> row.get("decision").equals("accept")).findFirst().orElseThrow();
    assertThat(accepted.get("picture")).isEqualTo("day/1");
    assertThat(accepted.get("by")).isEqualTo("Ada, \"A\"");
    assertThat(accepted.get("pixels")).isEqualTo("16");
    assertThat(OutlinePath.mask(accepted.get("outline"), 16, 16)).isEqualTo(wrong);
  }

  @Test
  void labelStudiosBrushIsReadBackPixelByPixel() throws IOException {
    assertThat(export(ReviewExport.Format.LABEL_STUDIO)).isEqualTo(1);

    JsonNode task = Json.tree(text("tasks.json")).path(0);
    String image = task.path("data").path("image").asString();
    assertThat(folder.resolve("out").resolve(image.substring(image.indexOf("?d=") + 3))).exists();
    JsonNode result = task.path("predictions").path(0).path("result").path(0);
    assertThat(result.path("type").asString()).isEqualTo("brushlabels");
    assertThat(result.path("original_width").asInt()).isEqualTo(16);
    assertThat(result.path("value").path("format").asString()).isEqualTo("rle");
    assertThat(result.path("value").path("brushlabels").toString()).isEqualTo("[\"blue\"]");
    List<Integer> bytes = new ArrayList<>();
    result.path("value").path("rle").forEach(number -> bytes.add(number.asInt()));
    assertThat(unpacked(bytes)).isEqualTo(wrong);
    String config = text("config.xml");
    assertThat(config).contains("name=\"" + result.path("from_name").asString() + "\"");
    assertThat(config).contains("<Label value=\"green\" background=\"#00ff00\"/>");
  }

  /** As Label Studio's own reader: four channels of which the last says what is inside. */
  private static Mask unpacked(List<Integer> bytes) {
    BitSet bits = new BitSet();
    for (int i = 0; i < bytes.size() * 8; i++) {
      bits.set(i, (bytes.get(i / 8) >> (7 - i % 8) & 1) == 1);
    }
    int[] at = {0};
    int count = number(bits, at, 32);
    int word = number(bits, at, 5) + 1;
    int[] sizes = new int[4];
    for (int i = 0; i < 4; i++) {
      sizes[i] = number(bits, at, 4) + 1;
    }
    int[] out = new int[count];
    for (int i = 0; i < count; ) {
      boolean repeated = number(bits, at, 1) == 1;
      int end = i + 1 + number(bits, at, sizes[number(bits, at, 2)]);
      int value = repeated ? number(bits, at, word) : 0;
      while (i < end) {
        out[i++] = repeated ? value : number(bits, at, word);
      }
    }
    BitSet inside = new BitSet();
    for (int i = 0; i < count / 4; i++) {
      inside.set(i, out[4 * i + 3] > 0);
    }
    return new Mask(16, count / 64, inside);
  }

  private static int number(BitSet bits, int[] at, int count) {
    int number = 0;
    for (int i = 0; i < count; i++) {
      number = number << 1 | (bits.get(at[0]++) ? 1 : 0);
    }
    return number;
  }

  @Test
  void aBrushOfManyPixelsIsReadBackToo() {
    BitSet pixels = new BitSet();
    pixels.set(3);
    pixels.set(1000, 16 * 30_000 - 5);
    Mask mask = new Mask(16, 30_000, pixels);
    assertThat(unpacked(BrushRuns.of(mask))).isEqualTo(mask);
  }

  @Test
  void cvatsMaskIsReadBackPixelByPixel() throws Exception {
    assertThat(export(ReviewExport.Format.CVAT)).isEqualTo(1);

    Element root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(folder.resolve("out/annotations.xml").toFile())
            .getDocumentElement();
    Element image = (Element) root.getElementsByTagName("image").item(0);
    assertThat(folder.resolve("out/images").resolve(image.getAttribute("name"))).exists();
    Element mask = (Element) image.getElementsByTagName("mask").item(0);
    assertThat(mask.getAttribute("label")).isEqualTo("blue");
    int left = Integer.parseInt(mask.getAttribute("left"));
    int top = Integer.parseInt(mask.getAttribute("top"));
    int width = Integer.parseInt(mask.getAttribute("width"));
    BitSet inside = new BitSet();
    int at = 0;
    boolean set = false;
    for (String run : mask.getAttribute("rle").split(", ", -1)) {
      for (int end = at + Integer.parseInt(run); at < end; at++) {
        inside.set((top + at / width) * 16 + left + at % width, set);
      }
      set = !set;
    }
    assertThat(at).isEqualTo(width * Integer.parseInt(mask.getAttribute("height")));
    assertThat(new Mask(16, 16, inside)).isEqualTo(wrong);
    assertThat(root.getElementsByTagName("label").getLength()).isEqualTo(3);
  }

  @Test
  void fiftyOneGetsTheCorrectedPicture() throws IOException {
    assertThat(export(ReviewExport.Format.FIFTYONE)).isEqualTo(1);
    LabelMap mask = PictureFile.readIndices(folder.resolve("out/labels/day-1.png"));
    assertThat(mask.label(4, 4)).isEqualTo(BLUE + 1);
    assertThat(mask.label(0, 0)).isEqualTo(RED + 1);
  }

  @Test
  void theExcludedAreAListForWithout() throws IOException {
    assertThat(export(ReviewExport.Format.WITHOUT)).isEqualTo(1);
    assertThat(text("without.txt")).isEqualTo("day/2\n");
    assertThat(
            compnn
                .database()
                .select(List.of(), List.of("@" + folder.resolve("out/without.txt")))
                .size())
        .isEqualTo(1);
  }

  @Test
  void whatIsNotThereIsSaid() {
    assertThat(ReviewExport.of(review, ReviewedPictures.of(compnn)).leftOut())
        .hasSize(2)
        .anyMatch(line -> line.contains("left out 1 pictures") && line.contains("'gone'"))
        .anyMatch(line -> line.contains("left out 1 decisions about other pictures"));
  }

  @Test
  void anArchiveHoldsTheSameFiles() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ExportFiles.Zip zip = ExportFiles.zip(bytes)) {
      ReviewExport.of(review, ReviewedPictures.of(compnn))
          .write(ReviewExport.Format.CORRECTED, zip);
    }
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      ZipEntry entry = zip.getNextEntry();
      assertThat(entry.getName()).isEqualTo("day/1.png");
      LabelMap read = PictureFile.stored(zip.readAllBytes(), "day/1.png").indices();
      assertThat(read.label(4, 4)).isEqualTo(BLUE);
      assertThat(zip.getNextEntry()).isNull();
    }
  }

  @Test
  void paintersHaveNoLabelsToCorrect() {
    Path other = folder.resolve("painter");
    try (CompNN painter =
        Colours.painted(
            other, Colours.pair("a", Colours.picture(0), Colours.picture(Colours.red(9))))) {
      assertThatThrownBy(() -> ReviewedPictures.of(painter))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("expected a database of label maps to correct");
    }
  }

  @Test
  void aReducedDataSetIsWrittenAsItIsRead() {
    TargetFormat.Labels reduced =
        new TargetFormat.Labels(Palette.of(List.of("wall", "door")), OptionalInt.empty(), true);
    LabelMap labels = new LabelMap(1, 3, new byte[] {0, 1, -1});
    byte[] png = LabelFolder.pngs(Map.of("a", labels), reduced).values().iterator().next();
    assertThat(PictureFile.stored(png, "a").indices().classes()).containsExactly(1, 2, -1);
  }
}
