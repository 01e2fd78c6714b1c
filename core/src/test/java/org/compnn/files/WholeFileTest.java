package org.compnn.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WholeFileTest {
  @TempDir private Path folder;

  @Test
  void aFileIsReplacedAndNothingIsLeftBesideIt() throws IOException {
    Path file = folder.resolve("a.json");
    WholeFile.write(file, "old");
    WholeFile.write(file, "straße");
    assertThat(file).hasContent("straße");
    assertThat(folder).isDirectoryContaining(file::equals).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void aWriterThatFailsLeavesTheOldFileAsItWas() throws IOException {
    Path file = folder.resolve("a.zip");
    WholeFile.write(file, new byte[] {1, 2, 3});
    assertThatThrownBy(
            () ->
                WholeFile.stream(
                    file,
                    out -> {
                      out.write(9);
                      throw new IOException("the writer broke");
                    }))
        .hasMessage("the writer broke");
    assertThat(file).hasBinaryContent(new byte[] {1, 2, 3});
    WholeFile.stream(file, out -> out.write(7));
    assertThat(file).hasBinaryContent(new byte[] {7});
  }

  @Test
  void aFolderIsPublishedAsAFileIs() throws IOException {
    Path target = folder.resolve("index");
    Path aside = WholeFile.aside(target);
    Files.createDirectory(aside);
    Files.writeString(aside.resolve("inside"), "x");
    WholeFile.publish(aside, target);
    assertThat(target.resolve("inside")).hasContent("x");
    assertThat(aside).doesNotExist();
  }
}
