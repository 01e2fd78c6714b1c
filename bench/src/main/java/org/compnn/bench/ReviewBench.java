package org.compnn.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.compnn.files.FileTree;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Times what the review of a data set asks of the server. */
@Command(
    name = "review",
    description = {
      "Time the server at judging a data set: to the first pictures, to all, opening a judged one,"
          + " a verdict with an exclusion, and a second start."
    },
    footerHeading = "%nExample:%n",
    footer = "  bin/bench review camvid.db camvid/val",
    mixinStandardHelpOptions = true)
final class ReviewBench implements Callable<Integer> {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Pictures that a grid shows at first. */
  private static final int SCREEN = 12;

  private static final int LOOK_MS = 20;

  @Parameters(index = "0", paramLabel = "DB", description = "Database with original labels.")
  private Path database = Path.of(".");

  @Parameters(index = "1", paramLabel = "DATASET", description = "Pictures to be judged.")
  private Path data = Path.of(".");

  @Option(names = "--direction", paramLabel = "AtoB|BtoA", description = "As for 'compnn serve'.")
  private @Nullable String direction;

  @Option(names = "--repeats", description = "Repeats of each action. Default: ${DEFAULT-VALUE}.")
  private int repeats = 20;

  @Option(names = "--heap", description = "Heap of the server. Default: ${DEFAULT-VALUE}.")
  private String heap = "2g";

  @Spec private CommandSpec spec = CommandSpec.create();

  private final HttpClient client = HttpClient.newHttpClient();

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    out.println(Machine.here());
    Path review = Files.createTempDirectory("bench-review");
    try {
      List<String> served =
          new ArrayList<>(
              List.of(
                  database.toString(), "--data", data.toString(), "--review", review.toString()));
      if (direction != null) {
        served.addAll(List.of("--direction", direction));
      }
      first(out, served);
      second(out, served);
    } finally {
      FileTree.remove(review);
      client.close();
    }
    return 0;
  }

  private void first(PrintWriter out, List<String> served)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    try (ServedPage page = new ServedPage(heap, served)) {
      line(out, "server started", since(start));
      String at = of(page);
      long asked = System.nanoTime();
      judged(at, asked, 1, out, "first picture judged");
      judged(at, asked, SCREEN, out, SCREEN + " pictures judged");
      judged(at, asked, Integer.MAX_VALUE, out, "all judged, causes and distances");
      JsonNode pictures = read(at + "judgements/data").get("pictures");
      opened(out, at, pictures);
      excluded(out, at, pictures);
      line(out, "server", page.memory());
    }
  }

  private void second(PrintWriter out, List<String> served)
      throws IOException, InterruptedException {
    try (ServedPage page = new ServedPage(heap, served)) {
      judged(of(page), System.nanoTime(), Integer.MAX_VALUE, out, "second start, all judged");
    }
  }

  private String of(ServedPage page) throws IOException, InterruptedException {
    String api = page.address() + "api/databases";
    return api + "/" + read(api).get(0).get("id").asString() + "/";
  }

  /** Waits until so many pictures, or all, are judged. */
  private void judged(String at, long begin, int many, PrintWriter out, String what)
      throws IOException, InterruptedException {
    while (true) {
      JsonNode standing = read(at + "judgements/data");
      boolean enough = standing.get("judged").asInt() >= many;
      if (enough || !standing.get("running").asBoolean()) {
        line(
            out,
            what,
            since(begin)
                + " (%d of %d, %d failed)"
                    .formatted(
                        standing.get("judged").asInt(),
                        standing.get("total").asInt(),
                        standing.get("failed").size()));
        return;
      }
      Thread.sleep(LOOK_MS);
    }
  }

  private void opened(PrintWriter out, String at, JsonNode pictures)
      throws IOException, InterruptedException {
    Times times = new Times();
    for (int i = 0; i < Math.min(repeats, pictures.size()); i++) {
      String picture = at + "judgements/data/" + pictures.get(i).get("number").asInt();
      long begin = System.nanoTime();
      read(picture);
      send(HttpRequest.newBuilder(URI.create(picture + "/small.jpg")).build());
      times.add((System.nanoTime() - begin) / 1e6);
    }
    line(out, "opening a judged picture", times);
  }

  private void excluded(PrintWriter out, String at, JsonNode pictures)
      throws IOException, InterruptedException {
    Times times = new Times();
    for (int i = 0; i < Math.min(repeats, pictures.size()); i++) {
      JsonNode whole = read(at + "judgements/data/" + pictures.get(i).get("number").asInt());
      String id = whole.get("summary").get("id").asString();
      JsonNode source = whole.at("/regions/0/sources/0/id");
      if (source.isMissingNode()) {
        continue;
      }
      ask(at, id, List.of());
      long begin = System.nanoTime();
      String answer = ask(at, id, List.of(source.asString()));
      String explained = at.replaceFirst("databases/.*", "explanations/" + answer);
      send(HttpRequest.newBuilder(URI.create(explained + "/field")).build());
      send(HttpRequest.newBuilder(URI.create(explained + "/labels")).build());
      times.add((System.nanoTime() - begin) / 1e6);
    }
    line(out, "verdict with an exclusion", times);
  }

  private String ask(String at, String id, List<String> without)
      throws IOException, InterruptedException {
    ObjectNode body = JSON.createObjectNode().put("top_k", 5);
    body.putObject("query").put("kind", "data").put("id", id);
    without.forEach(body.putArray("without")::add);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(at + "explanations"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
    return JSON.readTree(send(request)).get("id").asString();
  }

  private JsonNode read(String address) throws IOException, InterruptedException {
    return JSON.readTree(send(HttpRequest.newBuilder(URI.create(address)).build()));
  }

  private byte[] send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() != 200 && response.statusCode() != 404) {
      throw new IllegalStateException(request.uri() + " gave " + response.statusCode());
    }
    return response.body();
  }

  private static String since(long begin) {
    return String.format(Locale.ROOT, "%.2f s", (System.nanoTime() - begin) / 1e9);
  }

  private static void line(PrintWriter out, String what, Object figure) {
    out.printf(Locale.ROOT, "%-34s %s%n", what, figure);
    out.flush();
  }
}
