package org.compnn.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoFolderTest {
  @TempDir private Path parent;

  @Test
  void aFolderOfOthersIsLeftAlone() throws IOException {
    Path others = Files.createDirectories(parent.resolve("others"));
    Files.writeString(others.resolve("thesis.txt"), "years of work");
    assertThatThrownBy(() -> DemoFolder.begin(others))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("expected a new or empty folder");
    assertThat(others.resolve("thesis.txt")).hasContent("years of work");
  }

  @Test
  void anEarlierDemoIsClearedButNotWhatAPersonPutBesideIt() throws IOException {
    Path earlier = parent.resolve("earlier");
    DemoFolder first = DemoFolder.begin(earlier);
    Files.writeString(first.report(), "old");
    DemoFolder.begin(earlier);
    assertThat(first.report()).doesNotExist();
    Files.writeString(earlier.resolve("notes.txt"), "mine");
    assertThatThrownBy(() -> DemoFolder.begin(earlier)).isInstanceOf(UserError.class);
    assertThat(earlier.resolve("notes.txt")).hasContent("mine");
  }

  @Test
  void theStreetOfTheTrainingIsNoUnseenOne() {
    assertThatThrownBy(() -> new DemoSettings(24, 2, 1, 1, ShippedModel.TRAINING_SEED))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--seed");
    assertThatThrownBy(() -> new DemoSettings(2, 2, 1, 1, 3))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--count");
  }
}
