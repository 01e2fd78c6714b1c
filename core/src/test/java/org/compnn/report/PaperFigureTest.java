package org.compnn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.compnn.study.Colours.BLUE;
import static org.compnn.study.Colours.GREEN;
import static org.compnn.study.Colours.RED;
import static org.compnn.study.Colours.all;
import static org.compnn.study.Colours.at;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.InflaterInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.compnn.CompNN;
import org.compnn.explain.Explanation;
import org.compnn.explain.Options;
import org.compnn.explain.Query;
import org.compnn.image.Picture;
import org.compnn.network.Sample;
import org.compnn.problem.UserError;
import org.compnn.study.Colours;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

final class PaperFigureTest {
  private static final List<PaperPanel> ALL = List.of(PaperPanel.values());

  @TempDir private Path folder;
  private CompNN compnn;

  @BeforeEach
  void aDatabase() {
    compnn =
        Colours.labelled(
            folder,
            Colours.pair("r <1>", Colours.picture(Colours.red(200)), Colours.labels(all(RED))),
            Colours.pair("g", Colours.picture(Colours.green(200)), Colours.labels(all(GREEN))));
  }

  @AfterEach
  void close() {
    compnn.close();
  }

  private PaperFigure.Shown shown(boolean truth) {
    Picture picture =
        Colours.picture(
            all(Colours.red(199), at(0, Colours.green(199)), at(1, Colours.green(199))));
    Explanation why =
        compnn.explain(
            new Query(
                "query",
                Sample.of(picture),
                truth ? Optional.of(Colours.labels(all(BLUE))) : Optional.empty()),
            Options.defaults());
    return new PaperFigure.Shown(why, Optional.of(picture));
  }

  private static PaperFigure.Layout layout(List<PaperPanel> panels, double width, int columns) {
    return new PaperFigure.Layout(panels, width, columns, 4, true);
  }

  @Test
  void anSvgHasItsWidthAllPanelsAndTheClassesOfThem() throws Exception {
    String svg = PaperFigure.of(List.of(shown(true)), layout(ALL, 180, 4)).svg();

    Element root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
            .getDocumentElement();
    assertThat(root.getAttribute("width")).isEqualTo("180mm");
    assertThat(root.getAttribute("viewBox")).startsWith("0 0 180 ");
    // Eleven kinds, of which sources are two pictures; and the bar of distances.
    assertThat(root.getElementsByTagName("image").getLength()).isEqualTo(13);
    assertThat(root.getTextContent())
        .contains("Input", "Truth", "r <1>", "red", "green", "blue", "Distance");
    assertThat(svg.replace("http://www.w3.org/", "")).doesNotContain("http");
  }

  @Test
  void sourcesAreMarkedInTheColourOfTheirRegion() {
    String svg =
        PaperFigure.of(
                List.of(shown(false)),
                layout(List.of(PaperPanel.CORRESPONDENCES, PaperPanel.SOURCES), 90, 0))
            .svg();
    Matcher fills = Pattern.compile("<path [^>]*fill=\"(#[0-9a-f]{6})\"").matcher(svg);
    List<String> found = fills.results().map(match -> match.group(1)).toList();
    assertThat(found).hasSize(4);
    assertThat(found.subList(0, 2)).containsExactlyElementsOf(found.subList(2, 4));
    assertThat(found.get(0)).isNotEqualTo(found.get(1));
  }

  @Test
  void aPdfIsOnePageOfItsSizeWithPicturesAndText() throws IOException {
    byte[] pdf = PaperFigure.of(List.of(shown(true)), layout(ALL, 180, 4)).pdf();
    String text = new String(pdf, StandardCharsets.ISO_8859_1);

    assertThat(text).startsWith("%PDF-1.4\n").endsWith("%%EOF\n");
    assertThat(text).contains("/Count 1", "/MediaBox [0 0 510.236 ");
    // Every object lies where the table says.
    int table = Integer.parseInt(between(text, "startxref\n", "\n%%EOF"));
    assertThat(text.substring(table)).startsWith("xref\n0 ");
    String[] lines = text.substring(table).split("\n", -1);
    int objects = Integer.parseInt(lines[1].substring(2));
    for (int object = 1; object < objects; object++) {
      int at = Integer.parseInt(lines[2 + object].substring(0, 10));
      assertThat(text.substring(at)).startsWith(object + " 0 obj\n");
    }
    assertThat(text.split("/Subtype /Image", -1)).hasSize(14);
    String content = inflated(pdf, text.indexOf("4 0 obj"));
    assertThat(content.split(" Do Q", -1)).hasSize(14);
    assertThat(content).contains("<496e707574> Tj"); // Input
  }

  @Test
  void pixelsOfAPdfAreThoseOfThePicture() throws IOException {
    PaperFigure.Shown shown = shown(false);
    byte[] pdf = PaperFigure.of(List.of(shown), layout(List.of(PaperPanel.INPUT), 50, 0)).pdf();
    String text = new String(pdf, StandardCharsets.ISO_8859_1);
    assertThat(text).contains("/Width 16 /Height 16");
    byte[] pixels = inflate(pdf, text.indexOf("/Subtype /Image"));
    assertThat(pixels).isEqualTo(shown.own().orElseThrow().rgb());
  }

  private static String between(String text, String before, String after) {
    int from = text.indexOf(before) + before.length();
    return text.substring(from, text.indexOf(after, from));
  }

  private static String inflated(byte[] pdf, int object) throws IOException {
    return new String(inflate(pdf, object), StandardCharsets.ISO_8859_1);
  }

  private static byte[] inflate(byte[] pdf, int object) throws IOException {
    String text = new String(pdf, StandardCharsets.ISO_8859_1);
    int from = text.indexOf("stream\n", object) + 7;
    int length =
        Integer.parseInt(text.substring(text.indexOf("/Length ", object) + 8).split(" ", 2)[0]);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new InflaterInputStream(new ByteArrayInputStream(Arrays.copyOfRange(pdf, from, from + length)))
        .transferTo(out);
    return out.toByteArray();
  }

  @Test
  void severalPicturesHaveARowEach() {
    PaperFigure.Layout layout = layout(List.of(PaperPanel.INPUT, PaperPanel.NETWORK), 80, 0);
    String one = PaperFigure.of(List.of(shown(false)), layout).svg();
    String two = PaperFigure.of(List.of(shown(false), shown(false)), layout).svg();
    assertThat(two.split("<image", -1)).hasSize(2 * one.split("<image", -1).length - 1);
  }

  @Test
  void theFilesNameSaysTheForm() throws IOException {
    PaperFigure figure =
        PaperFigure.of(List.of(shown(false)), layout(List.of(PaperPanel.OUTPUT), 40, 0));
    figure.write(folder.resolve("new/a.svg"));
    figure.write(folder.resolve("new/a.PDF"));
    assertThat(Files.readString(folder.resolve("new/a.svg"))).startsWith("<svg");
    assertThat(Files.readAllBytes(folder.resolve("new/a.PDF"))).startsWith('%', 'P', 'D', 'F');
    assertThatThrownBy(() -> figure.write(folder.resolve("a.png")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("ends in .svg or .pdf");
    assertThat(figure.leastResolution()).isEqualTo(16 / 40.0 * 25.4);
  }

  @Test
  void whatIsNotKnownIsLeftOutAndNothingAtAllIsRefused() {
    PaperFigure.Shown shown = shown(false);
    assertThat(PaperFigure.empty(shown.why(), ALL))
        .containsExactly(PaperPanel.TRUTH, PaperPanel.ERROR);
    assertThatThrownBy(
            () -> PaperFigure.of(List.of(shown), layout(List.of(PaperPanel.TRUTH), 40, 0)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("expected something to show");
  }

  @Test
  void longCaptionsEndInDots() {
    assertThat(Helvetica.fitted("Input", 3, true, 50)).isEqualTo("Input");
    String fitted = Helvetica.fitted("a very long caption of a picture", 3, true, 20);
    assertThat(fitted).endsWith("...");
    assertThat(Helvetica.width(fitted, 3, true)).isLessThanOrEqualTo(20);
  }
}
