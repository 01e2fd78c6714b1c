package org.compnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TrainedTest {
  @Test
  void whatIsPrintedAsJsonIsDocumented() throws IOException {
    Stream<String> section =
        Files.readAllLines(Path.of("../docs/json.md")).stream()
            .dropWhile(line -> !line.equals("## train"))
            .skip(1)
            .takeWhile(line -> !line.startsWith("## "));

    assertThat(section.filter(line -> line.startsWith("| `")).map(line -> line.split("`", -1)[1]))
        .containsExactlyElementsOf(
            Stream.of(Trained.class.getRecordComponents()).map(RecordComponent::getName).toList());
  }
}
