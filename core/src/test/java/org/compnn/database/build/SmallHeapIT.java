package org.compnn.database.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.compnn.database.Database;
import org.compnn.database.Street;
import org.compnn.network.Network;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Building in a JVM of its own that has little memory. */
@Tag("stress")
final class SmallHeapIT {
  @TempDir private Path folder;

  @Test
  void theHeapDoesNotGrowWithTheDataSet() throws Exception {
    // The database is nearly twice the heap.
    Street.buildWithin(40, folder, 3000);
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isGreaterThan(70L << 20);
    }
    try (Network network = Street.network();
        Database database = Database.open(folder)) {
      assertThat(database.exemplars()).hasSize(3000);
      assertThat(database.input(2999).rgb())
          .isEqualTo(
              network.run(Street.of(3000).pairs().get(2999).input(), List.of()).input().rgb());
    }
  }
}
