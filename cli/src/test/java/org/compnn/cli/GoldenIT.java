package org.compnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.compnn.cli.SmallBuildings.Kind;
import org.compnn.golden.Golden;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the commands write is what they wrote when {@code src/test/resources/golden} was written.
 *
 * <pre>
 * mvn -pl cli -am -Dtest='Golden*Test' -Dsurefire.failIfNoSpecifiedTests=false test
 *     numbers within what processors differ in
 * the same with -Dgolden.strict=true
 *     every digit and byte: on one machine, before and after a change that must change nothing
 * the same with -Dgolden.write=true
 *     writes the files anew: after a change that is meant to change them, to be read as a diff
 * </pre>
 */
@Tag("end-to-end")
final class GoldenIT {
  @TempDir private static Path folder;

  private static SmallBuildings buildings;

  @BeforeAll
  static void build() throws IOException {
    buildings = SmallBuildings.in(folder);
  }

  /** Runs a command on a kind's database; returns where it wrote. */
  private static Path asked(Kind kind, String name, String command, Object... more) {
    Path out = folder.resolve(kind.model()).resolve(name);
    List<Object> args = new ArrayList<>(List.of(command, buildings.database(kind)));
    args.addAll(Arrays.asList(more));
    args.addAll(List.of("--out", out));
    SmallBuildings.run(args.toArray());
    return out;
  }

  /** The four files of an explanation that other programs read, and the names of all. */
  private static void explained(Golden golden, Path out, int number) throws IOException {
    String id = "%06d".formatted(number);
    Path why = out.resolve(id);
    golden.json(id + "/explanation.json", Files.readAllBytes(why.resolve("explanation.json")));
    golden.json(id + "/regions.json", Files.readAllBytes(why.resolve("regions.json")));
    golden.npy(id + "/field.npy", Files.readAllBytes(why.resolve("field.npy")));
    golden.npy(id + "/distance.npy", Files.readAllBytes(why.resolve("distance.npy")));
    golden.files(id + "/files.json", why);
  }

  @ParameterizedTest
  @EnumSource
  void picturesAreExplainedAsBefore(Kind kind) throws IOException {
    List<Object> pictures = new ArrayList<>();
    for (int i = 0; i < SmallBuildings.UNSEEN; i++) {
      pictures.add(buildings.picture(kind, i));
    }
    Path out = asked(kind, "explain", "explain", pictures.toArray());
    try (Golden golden = Golden.of(kind.model(), "explain")) {
      for (int i = 0; i < SmallBuildings.UNSEEN; i++) {
        explained(golden, out, i);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void manyMatchesOfHyperpatchesAreFoundExactlyAsBefore(Kind kind) throws IOException {
    Path out =
        asked(
            kind,
            "explain-exact",
            "explain",
            buildings.picture(kind, 0),
            "--search",
            "exact",
            "--top-k",
            3,
            "--hyperpatch",
            2,
            "--labels",
            "original",
            "--only",
            "00000[0-1]");
    try (Golden golden = Golden.of(kind.model(), "explain-exact")) {
      explained(golden, out, 0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anotherLayerIsMatchedAsBefore(Kind kind) throws IOException {
    Path out =
        asked(
            kind,
            "explain-bottleneck",
            "explain",
            buildings.picture(kind, 2),
            "--layer",
            "bottleneck",
            "--search",
            "exact",
            "--top-k",
            3,
            "--hyperpatch",
            2,
            "--distance",
            "cosine",
            "--overlap",
            "average",
            "--labels",
            "original");
    try (Golden golden = Golden.of(kind.model(), "explain-bottleneck")) {
      explained(golden, out, 2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSelectionIsExplainedWithAllFurtherAnswersAsBefore(Kind kind) throws IOException {
    Path out =
        asked(
            kind,
            "explain-selection",
            "explain",
            buildings.picture(kind, 1),
            "--only",
            "00000*",
            "--without",
            "style=brick",
            "--global",
            "--pixel",
            "40,70",
            "--pixel",
            "100,30",
            "--verify-by-removal",
            2,
            "--check",
            0);
    try (Golden golden = Golden.of(kind.model(), "explain-selection")) {
      explained(golden, out, 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void evaluationGivesTheSameTables(Kind kind) throws IOException {
    Path out =
        asked(
            kind,
            "evaluate",
            "evaluate",
            buildings.unseen(kind),
            "--layers",
            "bottleneck",
            "--check",
            0);
    try (Golden golden = Golden.of(kind.model(), "evaluate")) {
      golden.json("metrics.json", Files.readAllBytes(out.resolve("metrics.json")));
      golden.csv("metrics.csv", Files.readAllBytes(out.resolve("metrics.csv")));
      golden.csv("reconstruction.csv", Files.readAllBytes(out.resolve("reconstruction.csv")));
      golden.files("files.json", out);
    }
  }

  /** Compares the numbers that a study writes, its tables if it has any, and its pictures. */
  private static void studied(Kind kind, String name, Path out) throws IOException {
    try (Golden golden = Golden.of(kind.model(), name)) {
      golden.json("numbers.json", Files.readAllBytes(out.resolve("numbers.json")));
      Path table = out.resolve(name + ".csv");
      if (Files.exists(table)) {
        golden.csv(name + ".csv", Files.readAllBytes(table));
      }
      golden.files("files.json", out);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSeriesOverLayersHasTheSameNumbers(Kind kind) throws IOException {
    studied(
        kind, "series", asked(kind, "series", "series", buildings.picture(kind, 0), "--check", 0));
  }

  @ParameterizedTest
  @EnumSource
  void partsOfTheTrainingSetCompareAsBefore(Kind kind) throws IOException {
    studied(
        kind,
        "compare",
        asked(
            kind,
            "compare",
            "compare",
            buildings.picture(kind, 1),
            "--database",
            "all:",
            "--database",
            "brick: style=brick",
            "--database",
            "others: -style=brick",
            "--check",
            0));
  }

  @ParameterizedTest
  @EnumSource
  void replacedActivationsGiveTheSameOutput(Kind kind) throws IOException {
    for (String skips : List.of("query", "exemplar", "zero")) {
      String name = "activate-" + skips;
      studied(
          kind,
          name,
          asked(
              kind,
              name,
              "activate",
              buildings.picture(kind, 2),
              "--layer",
              "bottleneck",
              "--skips",
              skips,
              "--check",
              0));
    }
  }

  @ParameterizedTest
  @EnumSource
  void wrongPixelsAreBlamedOnTheSameTrainingPictures(Kind kind) throws IOException {
    studied(
        kind,
        "blame",
        asked(
            kind,
            "blame",
            "blame",
            buildings.unseen(kind),
            "--limit",
            2,
            "--quality",
            "fast",
            "--check",
            0));
  }

  @Test
  void theSameTrainingLabelsAreSuspect() throws IOException {
    studied(
        Kind.LABELLER,
        "suspects",
        asked(
            Kind.LABELLER,
            "suspects",
            "suspects",
            "--quality",
            "fast",
            "--plant",
            4,
            "--seed",
            5,
            "--check",
            0));
  }

  @ParameterizedTest
  @EnumSource
  void thePageIsAnsweredAsBefore(Kind kind) throws Exception {
    try (ServedByCommand served = ServedByCommand.of(buildings, kind);
        Golden golden = Golden.of(kind.model(), "page")) {
      String database = "/api/databases/" + kind.model() + ".db";
      golden.json("databases.json", served.get("/api/databases"));
      golden.json("database.json", served.get(database));
      golden.json(
          "explanation.json", served.ask(database, asked(kind, "data", "000001", "penultimate")));
      String address = "/api/explanations/" + served.lastId();
      assertThat(served.get(address).get("body"))
          .isEqualTo(served.get(address + "/files/explanation.json").get("body"));
      golden.json("explanation-again.json", served.get(address));
      golden.json("field-head.json", served.get(address + "/field"));
      golden.field("field.bin", served.lastBody());
      for (String name :
          List.of(
              "input",
              "network",
              "output",
              "reconstruction",
              "other",
              "truth",
              "correspondences",
              "none")) {
        golden.json(
            "picture-" + name + ".json", served.get(address + "/pictures/" + name + ".png"));
      }
      for (String name :
          List.of("output.png", "field.npy", "distance.npy", "explanation.zip", "none")) {
        golden.json("file-" + name + ".json", served.get(address + "/files/" + name));
      }
      for (String name : List.of("input.png", "small.jpg", "self.png", "original.png", "none")) {
        golden.json("exemplar-" + name + ".json", served.get(database + "/exemplars/3/" + name));
      }
      golden.json("exemplar-outside.json", served.get(database + "/exemplars/12/input.png"));
      golden.json("small.json", served.get(database + "/pictures/2/small.jpg"));
      golden.json(
          "training.json", served.ask(database, asked(kind, "training", "000004", "bottleneck")));
      golden.json(
          "all-choices.json",
          served.ask(
              database,
              """
              {"query": {"kind": "data", "id": "000002"}, "layer": "bottleneck", "hyperpatch": 2,
               "labels": "original", "distance": "cosine", "search": "exact", "overlap": "average",
               "top_k": 3, "only": ["00000*"], "without": ["style=brick"], "leave_out": true,
               "neighbours": 1}
              """));
      served.get("/api/explanations/" + served.lastId() + "/field");
      golden.field("all-choices-field.bin", served.lastBody());
      golden.json("upload.json", served.upload(Files.readAllBytes(buildings.picture(kind, 1))));
      golden.json(
          "uploaded.json",
          served.ask(database, asked(kind, "upload", served.lastId(), "bottleneck")));
      golden.json("work.json", served.get("/api/work"));
      List<String> refused =
          List.of(
              "[]",
              "{",
              "{\"query\": {\"kind\": \"data\", \"id\": \"no\"}}",
              "{\"query\": {\"kind\": \"file\", \"id\": \"no\"}}",
              "{\"query\": {\"kind\": \"data\", \"id\": \"000001\"}, \"top_k\": 99}",
              "{\"query\": {\"kind\": \"data\", \"id\": \"000001\"}, \"layer\": \"nowhere\"}",
              "{\"query\": {\"kind\": \"data\", \"id\": \"000001\"}, \"without\": [\"*\"]}");
      for (int i = 0; i < refused.size(); i++) {
        golden.json("refused-" + i + ".json", served.ask(database, refused.get(i)));
      }
    }
  }

  /** A question as the page asks it when it is opened; with fewer matches where cells are many. */
  private static String asked(Kind kind, String from, String id, String layer) {
    return """
    {"query": {"kind": "%s", "id": "%s"}, "layer": "%s", "hyperpatch": 1, "labels": "self",
     "distance": "l2", "search": "balanced", "overlap": "none", "top_k": %d, "only": [],
     "without": []}
    """
        .formatted(from, id, layer, kind == Kind.PAINTER ? 5 : 1);
  }
}
