package org.compnn.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class Sha256Test {
  /** Of "abc", from FIPS 180-2. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir private Path folder;

  @Test
  void theHashOfATextIsThatOfTheStandard() {
    assertThat(Sha256.of("abc").hex()).isEqualTo(ABC);
    assertThat(Sha256.of("abc").hex(8)).isEqualTo(ABC.substring(0, 16));
    assertThat(Sha256.of("abc").policy())
        .isEqualTo("sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
  }

  @Test
  void filesFollowTheBytes() throws IOException {
    List<Path> files =
        List.of(
            Files.writeString(folder.resolve("1"), "b"),
            Files.writeString(folder.resolve("2"), "c"));
    assertThat(Sha256.of("a".getBytes(StandardCharsets.UTF_8), files).hex()).isEqualTo(ABC);
  }
}
