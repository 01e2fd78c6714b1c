package org.compnn.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The site as it is built of the documents that are there. */
final class SiteTest {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  @TempDir private static Path site;

  @BeforeAll
  static void build() throws IOException {
    Site.build(HOME, site);
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(site)) {
      return files.filter(file -> file.toString().endsWith(".html")).sorted().toList();
    }
  }

  @Test
  void everyLinkLeadsSomewhereAndNothingIsFetchedFromElsewhere() throws IOException {
    assertThat(Links.broken(site)).isEmpty();
  }

  @Test
  void everyDocumentHasItsPlace() throws IOException {
    Set<String> documents = new TreeSet<>();
    try (Stream<Path> files = Files.list(HOME.resolve("docs"))) {
      files
          .filter(file -> file.toString().endsWith(".md"))
          .forEach(file -> documents.add("docs/" + file.getFileName()));
    }
    assertThat(Contents.entries().stream().map(Contents.Entry::source)).containsAll(documents);
    assertThat(pages()).hasSameSizeAs(Contents.entries());
  }

  @Test
  void everyPageFitsAPhoneAndKnowsWhereItIs() throws IOException {
    for (Path page : pages()) {
      String html = Files.readString(page);
      assertThat(html)
          .contains("name=\"viewport\"", "<html lang=\"en\">", "aria-current=\"page\"")
          .doesNotContain("<title> · ")
          .contains("<h1 id=");
      assertThat(html.split("<h1 ", -1)).as(page.toString()).hasSize(2);
    }
  }

  @Test
  void theTutorialComesFirst() {
    assertThat(Contents.PARTS.getFirst().entries().get(1).source()).isEqualTo("docs/tutorial.md");
  }

  @Test
  void aLinkThatLeadsNowhereIsNamed(@TempDir Path broken) throws IOException {
    Files.writeString(
        broken.resolve("a.html"),
        "<h1 id=\"x\"></h1><a href=\"#x\"></a><a href=\"#y\"></a><a href=\"b.html\"></a>"
            + "<a href=\"../a.html\"></a><a href=\"https://example.org\"></a>"
            + "<img src=\"https://example.org/a.png\">");
    assertThat(Links.broken(broken))
        .containsExactly(
            "a.html: #y leads nowhere",
            "a.html: b.html leads nowhere",
            "a.html: ../a.html leads nowhere",
            "a.html: https://example.org/a.png is fetched from elsewhere");
  }

  @Test
  void anchorsAreThoseThatCodeHostsGive() {
    assertThat(Document.anchor("What is refused")).isEqualTo("what-is-refused");
    assertThat(Document.anchor("`explain`: how, and why?")).isEqualTo("explain-how-and-why");
    assertThat(Document.anchor("--hyperpatch P")).isEqualTo("--hyperpatch-p");
  }
}
