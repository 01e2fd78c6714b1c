package org.compnn.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileTreeTest {
  @TempDir private Path folder;

  @Test
  void aFolderGoesWithAllThatIsInItAndWhatLinksLeadToStays() throws IOException {
    Path kept = Files.createDirectories(folder.resolve("kept"));
    Files.writeString(kept.resolve("file"), "x");
    Path tree = folder.resolve("tree");
    Files.createDirectories(tree.resolve("of/folders"));
    Files.writeString(tree.resolve("of/file"), "x");
    Files.createSymbolicLink(tree.resolve("link"), kept);
    FileTree.remove(tree);
    assertThat(tree).doesNotExist();
    assertThat(kept.resolve("file")).hasContent("x");
  }

  @Test
  void whatIsNotThereIsGoneAlready() throws IOException {
    FileTree.remove(folder.resolve("none"));
    assertThat(folder).isEmptyDirectory();
  }
}
