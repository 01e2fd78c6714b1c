package org.compnn.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
final class AllocationTest {
  @TempDir Path folder;

  @Test
  void aFileToBeMappedHasItsRoomOnTheDiskBeforeItIsWrittenTo() throws Exception {
    Path file = folder.resolve("mapped.npy");
    try (Arena arena = Arena.ofConfined()) {
      NpyArray.create(file, NpyType.INT8, arena, 3_000_000);
      assertThat(bytesOnDisk(file)).isGreaterThanOrEqualTo(3_000_000);
    }
  }

  @Test
  void aFileThatHasItsLengthAloneGetsRoomWhenItIsOpenedAgainAndKeepsItsContent() throws Exception {
    Path file = folder.resolve("sparse.npy");
    byte[] header = NpyHeader.of(NpyType.INT8, 2_000_000).bytes();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(header));
      channel.write(ByteBuffer.wrap(new byte[] {7}), header.length + 1_999_999L);
    }
    assertThat(bytesOnDisk(file)).isLessThan(1_000_000);
    try (Arena arena = Arena.ofConfined()) {
      NpyArray array = NpyArray.reopen(file, arena);
      assertThat(bytesOnDisk(file)).isGreaterThanOrEqualTo(2_000_000);
      assertThat(array.numbers().get(ValueLayout.JAVA_BYTE, 1_999_999)).isEqualTo((byte) 7);
      assertThat(Files.size(file)).isEqualTo(header.length + 2_000_000L);
    }
  }

  @Test
  void moreThanTheDiskHasIsRefusedInOneLine() {
    Path file = folder.resolve("huge.npy");
    try (Arena arena = Arena.ofConfined()) {
      assertThatThrownBy(() -> NpyArray.create(file, NpyType.INT8, arena, 1L << 50))
          .isInstanceOf(UserError.class)
          .hasMessageMatching(
              ".*huge.npy: cannot be written \\((No space left on device|File too large)\\);"
                  + " free disk space, then index again to resume");
    }
  }

  private static long bytesOnDisk(Path file) throws IOException {
    Process stat = new ProcessBuilder("stat", "-c", "%b %B", file.toString()).start();
    String[] words =
        new String(stat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
            .strip()
            .split(" ", -1);
    return Long.parseLong(words[0]) * Long.parseLong(words[1]);
  }
}
