package org.compnn.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.compnn.files.Resource;
import org.compnn.files.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShippedModelTest {
  @TempDir private Path folder;

  @Test
  void everyFileOfAModelHasTheChecksumThatIsShippedWithIt() throws IOException {
    List<String> sums =
        Resource.text(ShippedModel.class, "models/SHA256SUMS").lines().sorted().toList();
    for (ShippedModel model : ShippedModel.values()) {
      model.unpack(folder);
    }
    try (Stream<Path> files = Files.walk(folder)) {
      List<String> found =
          files
              .filter(Files::isRegularFile)
              .map(file -> sum(file) + "  " + folder.relativize(file))
              .sorted()
              .toList();
      assertThat(found).hasSize(9).isEqualTo(sums);
    }
  }

  private static String sum(Path file) {
    try {
      return Sha256.of(Files.readAllBytes(file)).hex();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
