package org.compnn.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.compnn.documents.DocumentedCommands;
import org.junit.jupiter.api.Test;

final class MainTest {
  private static Optional<String> mistake(String line) {
    return Main.mistake(List.of(line.split(" ")));
  }

  @Test
  void searchesAreExactUnlessOthersAreAskedFor() {
    assertThat(Main.whole(List.of("explain", "db", "a.png", "--out", "why")))
        .endsWith("--search", "exact");
    assertThat(Main.whole(List.of("blame", "db", "a", "--search", "EXACT"))).hasSize(5);
    assertThat(Main.whole(List.of("verify", "db"))).hasSize(2);
    assertThat(mistake("explain db a.png --search exact")).isEmpty();
    assertThat(Main.whole(List.of("blame", "db", "a", "--quality=fast"))).hasSize(4);
    assertThat(Main.whole(List.of("blame", "db", "a", "--search", "field"))).hasSize(5);
    assertThat(mistake("explain db a.png --search=field --quality best")).isEmpty();
  }

  @Test
  void whatIsFoundInATimeIsRefusedWithTheReason() {
    String line =
        "--time-budget: expected --quality or an exact search, found 2 s; what is found in a time"
            + " differs between executors, and a cluster gives what one machine gives";
    assertThat(mistake("explain db a.png --time-budget=2")).contains(line);
    // A file of settings may say it.
    assertThat(Main.inTime(List.of("blame", "--time-budget=2", "db", "a", "--quality", "fast")))
        .contains(line);
    assertThat(Main.inTime(List.of("blame", "--time-budget=2", "db", "a", "--search", "exact")))
        .isEmpty();
  }

  @Test
  void whatAClusterDoesNotDoIsRefusedInALine() {
    assertThat(mistake("serve db").orElseThrow()).startsWith("expected one of index, explain, ");
    assertThat(mistake("index m d --out db").orElseThrow()).startsWith("--shards: expected ");
    assertThat(mistake("index m d --add --out db").orElseThrow()).startsWith("--add: expected ");
    assertThat(mistake("verify s3a://bucket/db")).isEmpty();
    assertThat(mistake("explain db a.png --out=hdfs://host/why"))
        .contains(
            "--out: expected a path that all executors see, found hdfs://host/why; write it to"
                + " one, then copy it");
    assertThat(mistake("index --help")).isEmpty();
    assertThat(mistake("--version")).isEmpty();
  }

  @Test
  void everyCommandLineOfTheDocumentsIsTaken() {
    List<DocumentedCommands.Line> lines =
        DocumentedCommands.blocks("compnn-cluster").stream()
            .filter(line -> !List.of("master", "worker").contains(line.words().getFirst()))
            .toList();
    assertThat(lines).isNotEmpty();
    for (DocumentedCommands.Line line : lines) {
      assertThat(line.words()).as(line.toString()).contains("--master");
      List<String> words = line.words().stream().filter(word -> !word.contains("//")).toList();
      assertThat(Main.mistake(words)).as(line.toString()).isEmpty();
    }
  }
}
