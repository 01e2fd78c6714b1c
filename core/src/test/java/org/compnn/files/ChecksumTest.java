package org.compnn.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChecksumTest {
  @TempDir private Path folder;

  @Test
  void theChecksumOfTheDigitsIsThatOfCastagnolisPolynomial() throws IOException {
    // RFC 3720 gives the check value of these nine bytes.
    assertThat(Checksum.of("123456789")).isEqualTo("e3069283");
    assertThat(Checksum.of(Files.writeString(folder.resolve("file"), "123456789")))
        .isEqualTo("e3069283");
  }
}
