package org.compnn.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.compnn.chaos.mutate.Format;
import org.compnn.chaos.mutate.Mutation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What guided runs have found worth keeping: inputs that reach far into the program. */
@Tag("chaos")
final class CorpusIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void everyKeptInputIsTakenOrRefused(Format format) throws Exception {
    List<String> recipes = Guided.corpus(format);
    assertThat(recipes).isNotEmpty();
    for (String recipe : recipes) {
      Mutation.run(format, HexFormat.of().parseHex(recipe), folder.resolve("input"));
    }
  }
}
