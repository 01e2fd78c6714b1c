package org.compnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.compnn.cli.SmallBuildings.Kind;
import org.compnn.demo.ShippedModel;
import org.compnn.documents.DocumentedCommands;
import org.compnn.documents.DocumentedCommands.Line;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The command lines of the documents do what they say, on generated buildings in the place of the
 * data that the documents speak of.
 */
@Tag("end-to-end")
final class DocumentedCommandsIT {
  /** What takes minutes, stays open, or needs what a kill or a person leaves behind. */
  private static final Set<String> NOT_HERE =
      Set.of("demo", "serve", "train", "review", "set", "completion", "man");

  /** What other data has, and ours has not; and what is done ten times over. */
  private static final Set<String> OTHER_DATA =
      Set.of(
          "--repeats",
          "--exclude-neighbours",
          "--direction",
          "--replace",
          "--add",
          "--shards",
          "--layout",
          "--size",
          "--tile",
          "train.set",
          "night: time=night",
          "240,180");

  /** A layer that is as large as the output has no finer one. */
  private static final String FINER = "@output";

  private static final int TRAINING = 4;

  @TempDir private static Path folder;

  private static final Map<String, Path> THERE = new LinkedHashMap<>();

  @BeforeAll
  static void build() throws IOException {
    SmallBuildings buildings = SmallBuildings.in(folder, TRAINING);
    Path labeller = buildings.database(Kind.LABELLER);
    for (String name : List.of("train.db", "camvid.db", "all.db", "demo/mistaken.db")) {
      THERE.put(name, labeller);
    }
    THERE.put("facades.db", buildings.database(Kind.PAINTER));
    Path photo = buildings.picture(Kind.LABELLER, 1);
    for (String name : List.of("street.png", "1.png", "data/val/images/1.png")) {
      THERE.put(name, photo);
    }
    THERE.put("labels.png", buildings.picture(Kind.PAINTER, 1));
    Path one = folder.resolve("one");
    SmallBuildings.run(
        "generate", "--count", 1, "--seed", 9, "--size", ShippedModel.SIZE, "--out", one);
    for (String name : List.of("data/val", "camvid/val", "unseen")) {
      THERE.put(name, one);
    }
    Path training = folder.resolve(Kind.LABELLER.model() + "-training");
    for (String name : List.of("data/train", "camvid/train")) {
      THERE.put(name, training);
    }
    Path model = folder.resolve(Kind.LABELLER.model()).resolve("model.onnx");
    for (String name : List.of("net", "net/model.onnx", "segnet/model.onnx", "model.onnx")) {
      THERE.put(name, model);
    }
    THERE.put("list.txt", Files.writeString(folder.resolve("list.txt"), "000000\n"));
  }

  /** A word in its place here; nothing where it is a file that is not there. */
  private static Optional<String> placed(String word) {
    for (String before : List.of("@", "db:")) {
      if (word.startsWith(before)) {
        return placed(word.substring(before.length())).map(path -> before + path);
      }
    }
    Path path = THERE.get(word);
    if (path != null) {
      return Optional.of(path.toString());
    }
    boolean file =
        word.matches(".*(/|\\.(db|png|jpg|csv|txt|onnx|jsonl)$).*") && !word.startsWith("-");
    return file ? Optional.empty() : Optional.of(word);
  }

  /** The line with the paths of here; nothing where it needs what is not here. */
  private static Optional<List<String>> runnable(Line line, Path out) {
    List<String> words = line.words();
    if (NOT_HERE.contains(words.getFirst())
        || words.stream().anyMatch(word -> OTHER_DATA.contains(word) || word.contains(FINER))
        || words.contains("...")) {
      return Optional.empty();
    }
    List<String> placed = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String before = i == 0 ? "" : words.get(i - 1);
      Optional<String> word =
          before.equals("--out")
              ? Optional.of(out.resolve(words.get(i)).toString())
              : placed(words.get(i));
      if (word.isEmpty()) {
        return Optional.empty();
      }
      placed.add(word.get());
    }
    return Optional.of(placed);
  }

  /** What is asked, of whatever and with whatever values: the command and its options. */
  private static List<String> asked(Line line) {
    return Stream.concat(
            line.words().stream().limit(1),
            line.words().stream().skip(1).filter(word -> word.startsWith("-")).sorted())
        .toList();
  }

  @Test
  void theyDoWhatTheySay() {
    List<String> failed = new ArrayList<>();
    Map<List<String>, Line> asked = new LinkedHashMap<>();
    for (Line line : DocumentedCommands.blocks("compnn")) {
      asked.putIfAbsent(asked(line), line);
    }
    int ran = 0;
    for (Line line : asked.values()) {
      Optional<List<String>> words = runnable(line, folder.resolve("out-" + ran));
      if (words.isPresent()) {
        StringWriter err = new StringWriter();
        CommandLine program = Main.commandLine();
        program.setOut(new PrintWriter(new StringWriter()));
        program.setErr(new PrintWriter(err));
        int code = program.execute(words.get().toArray(String[]::new));
        if (code != 0) {
          failed.add(line + ": " + err);
        }
        ran++;
      }
    }
    assertThat(failed).isEmpty();
    assertThat(ran).isGreaterThan(15);
  }
}
