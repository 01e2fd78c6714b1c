package org.compnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.compnn.files.WrittenFiles;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Commands that take a set where they take a database. */
@Tag("end-to-end")
final class SetEndToEndIT extends SmallStudies {
  /** A database, and the set of the same pictures under the same name in another folder. */
  private Path both() throws IOException {
    index();
    Path set = Files.createDirectories(folder.resolve("sets")).resolve(database.getFileName());
    run("index", model, data, "--layers", "penultimate,bottleneck", "--shards", 3, "--out", set);
    return set;
  }

  @Test
  void whatCommandsWriteIsWhatTheyWriteOfOneDatabase() throws IOException {
    Path set = both();
    for (Path each : List.of(database, set)) {
      Path to = folder.resolve(each.equals(set) ? "of-set" : "of-one");
      run("explain", each, picture(2), picture(3), "--global", "--out", to.resolve("explain"));
      run("explain", each, data, "--limit", 2, "--only", "[1-5]", "--out", to.resolve("only"));
      run("series", each, picture(1), "--out", to.resolve("series"));
      run("evaluate", each, data, "--limit", 3, "--out", to.resolve("evaluate"));
      run("blame", each, data, "--limit", 3, "--out", to.resolve("blame"));
      run("suspects", each, "--limit", 4, "--out", to.resolve("suspects"));
      run("compare", each, picture(1), "--database", "some: 3 4 7", "--out", to.resolve("compare"));
      run("activate", each, picture(1), "--layer", "bottleneck", "--out", to.resolve("activate"));
    }
    WrittenFiles.assertTheSame(folder.resolve("of-one"), folder.resolve("of-set"), 30);
  }

  @Test
  void aSetIsListedAndGrowsAndDoesWithoutAShard() throws IOException {
    Path set = both();
    run("set", "list", set);
    assertThat(out.toString())
        .contains("shard-001        3  whole    " + set.resolve("shards/shard-001"))
        .contains("8 pictures in 3 shards; means and deviations of 8 pictures");
    run("set", "remove", set, "shard-001");
    assertThat(out.toString()).contains("Removed shard-001; its database stays in ");
    run("set", "add", set, data);
    assertThat(out.toString()).contains("Added 3 pictures in ");
    run("verify", set);
    run("set", "restat", set);
    assertThat(out.toString())
        .contains("Means and deviations are those of 8 pictures")
        .contains("Search lists are up to date");
    Files.move(set.resolve("shards/shard-000"), folder.resolve("away"));
    assertThat(refused("explain", set, picture(1), "--out", folder.resolve("why")))
        .isEqualTo(
            "compnn: %s: expected shard shard-000 in %s, found no database there; bring it back, or leave it out (--without-shard NAME)"
                .formatted(set, set.resolve("shards/shard-000")));
    assertThat(refused("verify", set)).contains("compnn: shard-000: ");
    run("verify", set, "--without-shard", "shard-000");
    run("explain", set, picture(1), "--without-shard", "shard-000", "--out", folder.resolve("why"));
    assertThat(out.toString()).contains("of 6 training pictures");
    run("set", "list", set);
    assertThat(out.toString()).contains("shard-000        2  missing  ");
    run("set", "remove", set, "shard-000");
    run("set", "add", set, folder.resolve("away"), "--threads", 1);
    assertThat(out.toString()).contains("Added %s as away".formatted(folder.resolve("away")));
    run("verify", set);
  }

  @Test
  void labelsAreReplacedInTheirShards() throws IOException {
    Path set = both();
    Path fixed = Files.createDirectories(folder.resolve("fixed"));
    mislabel(2);
    mislabel(7);
    for (int number : List.of(2, 7)) {
      Files.copy(data.resolve("labels/" + number + ".png"), fixed.resolve(number + ".png"));
    }
    for (Path each : List.of(database, set)) {
      run("index", each, "--replace", fixed);
      run("suspects", each, "--limit", 4, "--out", folder.resolve("of-" + each.equals(set)));
    }
    assertThat(out.toString())
        .contains("Replaced the labels of 2 pictures, and 0 pictures with labels; 0 as before");
    WrittenFiles.assertTheSame(folder.resolve("of-true"), folder.resolve("of-false"), 1);
    run("verify", set);
  }

  private String refused(Object... args) {
    StringWriter said = new StringWriter();
    var commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(new StringWriter()));
    commandLine.setErr(new PrintWriter(said));
    assertThat(
            commandLine.execute(Arrays.stream(args).map(Object::toString).toArray(String[]::new)))
        .isEqualTo(2);
    return said.toString().strip();
  }
}
