package org.compnn.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.compnn.database.ManifestFile;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AttemptTest {
  @TempDir private Path folder;

  private static Function<Path, String> database(String content) {
    return place -> {
      try {
        Files.createDirectories(place.resolve("layers"));
        Files.writeString(place.resolve("layers/cells"), content);
        Files.writeString(place.resolve(ManifestFile.NAME), content);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return content;
    };
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void ofSeveralAttemptsTheFirstToEndCountsAndTheOthersLeaveNothing() throws IOException {
    Path shard = folder.resolve("shard-000");
    Function<Path, String> late =
        place -> {
          // Another attempt ends while this one is under way.
          assertThat(Attempt.at(shard, 2, database("first"))).isEqualTo("first");
          return database("late").apply(place);
        };
    assertThat(Attempt.at(shard, 1, late)).isEqualTo("late");
    assertThat(files()).containsExactly("shard-000/database.json", "shard-000/layers/cells");
    assertThat(shard.resolve("layers/cells")).hasContent("first");
  }

  @Test
  void anAttemptThatFailsLeavesNothing() throws IOException {
    Path shard = folder.resolve("shard-000");
    Function<Path, String> failing =
        place -> {
          assertThat(database("half").apply(place)).isEqualTo("half");
          throw new UserError("no picture");
        };
    assertThatThrownBy(() -> Attempt.at(shard, 1, failing)).hasMessage("no picture");
    assertThat(files()).isEmpty();
    Attempt.clear(shard);
    assertThat(folder).isEmptyDirectory();
  }
}
