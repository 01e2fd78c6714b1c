package org.compnn.network.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.compnn.database.Database;
import org.compnn.database.Street;
import org.compnn.files.Checksum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NativeLibraryTest {
  @TempDir Path folder;

  @Test
  void itIsUnpackedOnceForAllRuns() throws IOException {
    List<Optional<Path>> unpacked =
        IntStream.range(0, 6)
            .parallel()
            .mapToObj(_ -> NativeLibrary.unpack(List.of(folder)))
            .distinct()
            .toList();
    Path home = unpacked.getFirst().orElseThrow();
    assertThat(unpacked).hasSize(1);
    assertThat(home.getFileName().toString()).matches("onnxruntime-[0-9a-f]{8}-[0-9a-f]{8}");
    List<Path> files = list(home);
    assertThat(files)
        .extracting(file -> file.getFileName().toString())
        .containsExactlyInAnyOrder(
            System.mapLibraryName("onnxruntime"), System.mapLibraryName("onnxruntime4j_jni"));
    Object before = Files.getLastModifiedTime(files.getFirst());
    assertThat(NativeLibrary.unpack(List.of(folder))).contains(home);
    assertThat(Files.getLastModifiedTime(files.getFirst())).isEqualTo(before);
  }

  @Test
  void aDamagedFileIsUnpackedAnew() throws IOException {
    Path home = NativeLibrary.unpack(List.of(folder)).orElseThrow();
    Path file = home.resolve(System.mapLibraryName("onnxruntime4j_jni"));
    String whole = Checksum.of(file);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThat(NativeLibrary.unpack(List.of(folder))).contains(home);
    assertThat(Checksum.of(file)).isEqualTo(whole);
    assertThat(list(home)).hasSize(2);
  }

  @Test
  void whereAFolderCannotBeWrittenAnotherIsTakenOrNone() throws IOException {
    Path unwritable = Files.writeString(folder.resolve("file"), "no folder").resolve("cache");
    Path other = folder.resolve("other");
    assertThat(NativeLibrary.unpack(List.of(unwritable, other)).orElseThrow()).hasParent(other);
    assertThat(NativeLibrary.unpack(List.of(unwritable))).isEmpty();
    assertThat(NativeLibrary.unpack(List.of())).isEmpty();
  }

  @Test
  void aLongCommandLineDoesNotCrashIt() throws Exception {
    Street.buildAtLength(100_000, folder.resolve("db"));
    Database.open(folder.resolve("db")).close();
  }

  private static List<Path> list(Path home) throws IOException {
    try (Stream<Path> files = Files.list(home)) {
      return files.toList();
    }
  }
}
