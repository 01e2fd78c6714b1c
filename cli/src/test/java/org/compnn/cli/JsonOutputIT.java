package org.compnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What commands print with {@code --json} is what {@code docs/json.md} says, and nothing else. */
@Tag("end-to-end")
final class JsonOutputIT extends SmallStudies {
  private static final Path DOCUMENT = Path.of("../docs/json.md");
  private static final Pattern HEADING = Pattern.compile("## (\\w+)");
  private static final Pattern MEMBER =
      Pattern.compile("\\| `([^`]+)` \\| (text|number|boolean|object|any)( or none)? \\|.*");

  /** What is said of a member: its type, and whether it may be missing or null. */
  private record Said(String type, boolean optional) {}

  private static Map<String, Said> documented(String command) throws IOException {
    Map<String, Said> members = new LinkedHashMap<>();
    String at = "";
    for (String line : Files.readAllLines(DOCUMENT)) {
      Matcher heading = HEADING.matcher(line);
      if (heading.matches()) {
        at = heading.group(1);
      }
      Matcher member = MEMBER.matcher(line);
      if (at.equals(command) && member.matches()) {
        members.put(member.group(1), new Said(member.group(2), member.group(3) != null));
      }
    }
    assertThat(members).as("docs/json.md has no members under '## %s'", command).isNotEmpty();
    members.put("notes[]", new Said("text", true));
    return members;
  }

  private static String type(JsonNode node) {
    return node.isString()
        ? "text"
        : node.isNumber() ? "number" : node.isBoolean() ? "boolean" : "object";
  }

  /** The type of each member; what the document calls a whole is not looked into. */
  private static void collect(
      String path, JsonNode node, Map<String, Said> said, Map<String, String> found) {
    Said here = said.get(path);
    if (here != null && (here.type().equals("object") || here.type().equals("any"))) {
      found.put(path, here.type().equals("any") || node.isObject() ? here.type() : type(node));
    } else if (node.isObject()) {
      node.properties()
          .forEach(
              member ->
                  collect(
                      path.isEmpty() ? member.getKey() : path + "." + member.getKey(),
                      member.getValue(),
                      said,
                      found));
    } else if (node.isArray()) {
      node.forEach(each -> collect(path + "[]", each, said, found));
    } else if (!node.isNull()) {
      found.put(path, type(node));
    }
  }

  private JsonNode printed(Object... args) throws IOException {
    List<Object> words = new ArrayList<>(List.of(args));
    words.add("--json");
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    run(words.toArray());
    String command = args[0].toString();
    // One document and nothing beside it.
    JsonNode json =
        JsonMapper.builder()
            .enable(tools.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readTree(out.toString());
    Map<String, Said> said = documented(command);
    Map<String, String> found = new TreeMap<>();
    collect("", json, said, found);
    found.forEach(
        (path, type) ->
            assertThat(said.get(path))
                .as("docs/json.md, %s: %s is %s", command, path, type)
                .isNotNull()
                .extracting(Said::type)
                .isEqualTo(type));
    said.forEach(
        (path, member) -> {
          if (!member.optional()) {
            assertThat(found).as("%s --json prints %s", command, path).containsKey(path);
          }
        });
    return json;
  }

  private Path to(String name) {
    return folder.resolve(name);
  }

  @BeforeEach
  void indexTheDataSet() {
    index();
  }

  @Test
  void whatIsLookedAtIsPrintedAsDocumented() throws IOException {
    printed("layers", model);
    printed("dataset", data, "--model", model, "--out", to("look"));
    assertThat(printed("verify", database).path("ok").asBoolean()).isTrue();
    assertThat(printed("review", database).path("decisions").asInt()).isZero();
    printed("index", model, data, "--out", to("again.db"));
    printed("index", database, "--replace", data);
  }

  @Test
  void explanationsArePrintedAsDocumented() throws IOException {
    JsonNode why = printed("explain", database, picture(2), "--out", to("why"));
    assertThat(why.path("pictures").path(0).path("explanation"))
        .isEqualTo(json(to("why/2/explanation.json")));
    printed("series", database, picture(2), "--out", to("series"));
    printed("activate", database, picture(2), "--layer", "bottleneck", "--out", to("what-if"));
    printed(
        "compare",
        database,
        picture(2),
        "--database",
        "all:",
        "--database",
        "others: -3",
        "--out",
        to("compared"));
    printed("figure", database, picture(2), "--out", to("figure.svg"));
  }

  @Test
  void studiesArePrintedAsDocumented() throws IOException {
    JsonNode blame = printed("blame", database, data, "--limit", 3, "--out", to("blame"));
    assertThat(blame.path("numbers")).isEqualTo(json(to("blame/numbers.json")));
    printed("evaluate", database, data, "--limit", 3, "--export", "coco", "--out", to("numbers"));
    printed("suspects", database, "--plant", 2, "--out", to("suspects"));
  }

  @Test
  void whatIsGeneratedIsPrintedAsDocumented() throws IOException {
    printed("generate", "--count", 8, "--size", 32, "--plant", "--out", to("facades"));
  }

  @Test
  void notesGoToStandardErrorAndAreInTheObjectUnlessQuietIsAsked() throws IOException {
    JsonNode json = printed("dataset", data, "--limit", 2);
    assertThat(err.toString()).contains("Counted over 2 of them");
    assertThat(json.path("notes").toString()).contains("Counted over 2 of them");
    assertThat(printed("dataset", data, "--limit", 2, "--quiet").path("notes").size())
        .isEqualTo(json.path("notes").size());
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void shardsOfASetArePrintedAsDocumented() throws IOException {
    Path set = to("set");
    run("index", model, data, "--shards", 2, "--out", set);
    assertThat(printed("set", "list", set).path("shards").size()).isEqualTo(2);
    assertThat(printed("set", "remove", set, "shard-001").path("exemplars").asInt()).isEqualTo(4);
    assertThat(printed("set", "add", set, data).path("shards").size()).isEqualTo(2);
    assertThat(printed("set", "restat", set).path("measured").asInt()).isEqualTo(8);
  }
}
