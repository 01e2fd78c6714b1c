package org.compnn.bench.networks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.compnn.network.NetworkOptions;
import org.compnn.network.Task;
import org.compnn.problem.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What works with each of many networks. */
@Command(
    name = "networks",
    description =
        "Try every network of a folder: layers, index of a few generated pictures, whether these"
            + " match themselves at distance 0 in both searches, and whether the output is that of"
            + " ONNX Runtime's own run of the file. bench/networks/export.py writes such a folder.",
    footerHeading = "%nExample:%n",
    footer = {"  python bench/networks/export.py zoo", "  bin/bench networks zoo --json zoo.json"},
    mixinStandardHelpOptions = true)
public final class NetworksBench implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "Folder of folders with a model.onnx each.")
  private Path folder = Path.of(".");

  @Option(
      names = "--only",
      split = ",",
      description = "Only the networks whose names hold one of these.")
  private List<String> only = List.of();

  @Option(names = "--json", description = "Also write what was seen to this file.")
  private @Nullable Path json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    List<Path> networks = networks();
    Map<String, JsonNode> options = options();
    Map<String, String> about = about();
    List<NetworkRow> rows = new ArrayList<>();
    out.println(NetworksTable.HEAD);
    for (Path network : networks) {
      String name = network.getFileName().toString();
      Path scratch = Files.createTempDirectory("networks");
      try {
        NetworkRow row =
            new NetworkTrial(name, about.getOrDefault(name, ""), chosen(options.get(name)), scratch)
                .of(network);
        rows.add(row);
        out.println(NetworksTable.line(row));
        out.flush();
      } finally {
        delete(scratch);
      }
    }
    out.println();
    out.println(NetworksTable.summary(rows));
    out.flush();
    if (json != null) {
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build()
          .writeValue(json.toFile(), rows);
    }
    return 0;
  }

  private List<Path> networks() throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new UserError(folder + ": expected a folder of networks, found none");
    }
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> found =
          entries
              .filter(entry -> Files.exists(entry.resolve("model.onnx")))
              .filter(
                  entry ->
                      only.isEmpty()
                          || only.stream().anyMatch(entry.getFileName().toString()::contains))
              .sorted()
              .toList();
      if (found.isEmpty()) {
        throw new UserError(
            folder + ": expected folders with a model.onnx each, found none that is asked for");
      }
      return found;
    }
  }

  /** What flags would say, by the network's name, from options.json. */
  private Map<String, JsonNode> options() throws IOException {
    Path file = folder.resolve("options.json");
    Map<String, JsonNode> options = new HashMap<>();
    if (Files.exists(file)) {
      JsonNode tree = JsonMapper.shared().readTree(Files.readString(file));
      tree.propertyNames().forEach(name -> options.put(name, tree.get(name)));
    }
    return options;
  }

  private static NetworkOptions chosen(@Nullable JsonNode said) {
    NetworkOptions options = NetworkOptions.defaults();
    if (said == null) {
      return options;
    }
    if (said.has("size")) {
      options = options.withSize(said.get("size").get(0).asInt(), said.get("size").get(1).asInt());
    }
    if (said.has("task")) {
      String task = said.get("task").asString();
      options =
          options.withTask(
              Stream.of(Task.values())
                  .filter(t -> t.name().equalsIgnoreCase(task))
                  .findFirst()
                  .orElseThrow(() -> new UserError("options.json: no task is called " + task)));
    }
    if (said.has("range")) {
      options =
          options.withRange(
              said.get("range").get(0).asDouble(), said.get("range").get(1).asDouble());
    }
    if (said.has("output")) {
      options = options.withOutput(said.get("output").asString());
    }
    if (said.has("threshold")) {
      options = options.withThreshold(said.get("threshold").asDouble());
    }
    return options;
  }

  /** What each network is, from the exporter's INDEX.txt. */
  private Map<String, String> about() throws IOException {
    Path file = folder.resolve("INDEX.txt");
    Map<String, String> about = new HashMap<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        String[] parts = line.split("\t", -1);
        if (parts.length > 2) {
          about.put(parts[0], parts[2]);
        }
      }
    }
    return about;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
