package org.compnn.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProgressLinesTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  @Test
  void aTaskThatEndsWithinThePeriodPrintsNothing() throws InterruptedException {
    try (Progress.Task task =
        new ProgressLines(out, Duration.ofMinutes(1)).begin("checking", "pictures", 20)) {
      task.advance(20);
    }
    Thread.sleep(50);
    assertThat(lines()).isEmpty();
  }

  @Test
  void aLongTaskPrintsALineInEachPeriodEvenWhileNothingAdvances() throws InterruptedException {
    try (Progress.Task task =
        new ProgressLines(out, Duration.ofMillis(200)).begin("checking", "pictures", 20_000)) {
      Thread.sleep(120);
      task.advance(1_500);
      while (lines().size() < 2) {
        Thread.sleep(20);
      }
    }
    assertThat(lines().getFirst())
        .matches("checking: 1,500 of 20,000 pictures, [0-9.]+/s, about [0-9]+ (s|min) left");
    int said = lines().size();
    Thread.sleep(450);
    assertThat(lines()).hasSize(said);
  }

  private List<String> lines() {
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
