package org.compnn.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipInputStream;
import org.compnn.cli.SmallBuildings.Kind;
import org.compnn.golden.Golden;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code compnn serve} in a thread of its own, and what it answers as JSON. */
final class ServedByCommand implements AutoCloseable {
  /** Headers that say something of an answer; all others are those of any server. */
  private static final List<String> HEADERS =
      List.of("content-type", "cache-control", "content-disposition");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Thread thread;
  private final String address;
  private String lastId = "";
  private byte[] lastBody = {};

  private ServedByCommand(Thread thread, String address) {
    this.thread = thread;
    this.address = address;
  }

  /** Serves a kind's database and its unseen pictures, at any free port. */
  static ServedByCommand of(SmallBuildings buildings, Kind kind) throws Exception {
    CompletableFuture<String> address = new CompletableFuture<>();
    StringWriter err = new StringWriter();
    var commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(new FirstLine(address)));
    commandLine.setErr(new PrintWriter(err));
    String[] words = {
      "serve",
      buildings.database(kind).toString(),
      "--data",
      buildings.unseen(kind).toString(),
      "--port",
      "0"
    };
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  commandLine.execute(words);
                  address.completeExceptionally(new IllegalStateException(err.toString()));
                });
    return new ServedByCommand(thread, address.get(60, TimeUnit.SECONDS));
  }

  /** Where the command prints; the first line is the server's address. */
  private static final class FirstLine extends Writer {
    private final CompletableFuture<String> line;
    private final StringBuilder printed = new StringBuilder();

    FirstLine(CompletableFuture<String> line) {
      this.line = line;
    }

    @Override
    public void write(char[] chars, int from, int count) {
      printed.append(chars, from, count);
    }

    @Override
    public void flush() {
      line.complete(printed.toString().lines().findFirst().orElse(""));
    }

    @Override
    public void close() {}
  }

  /** The id that the last answer gave. */
  String lastId() {
    return lastId;
  }

  byte[] lastBody() {
    return lastBody.clone();
  }

  ObjectNode get(String path) throws IOException, InterruptedException {
    return answer(to(path).build());
  }

  /** Asks for an explanation. */
  ObjectNode ask(String database, String question) throws IOException, InterruptedException {
    return answer(
        to(database + "/explanations")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(question))
            .build());
  }

  ObjectNode upload(byte[] picture) throws IOException, InterruptedException {
    return answer(
        to("/api/uploads")
            .header("Content-Type", "image/png")
            .POST(BodyPublishers.ofByteArray(picture))
            .build());
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(address + path.substring(1)))
        .header("X-Client", "a-page-of-tests");
  }

  private ObjectNode answer(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
    lastBody = response.body();
    ObjectNode answer = Golden.object().put("status", response.statusCode());
    for (String header : HEADERS) {
      response.headers().firstValue(header).ifPresent(value -> answer.put(header, value));
    }
    answer.put("etag", response.headers().firstValue("etag").isPresent());
    String type = response.headers().firstValue("content-type").orElse("");
    if (type.startsWith("image/")) {
      answer.set("body", Golden.picture(lastBody));
    } else if (type.startsWith("application/json")) {
      answer.set("body", json());
    } else if (type.startsWith("application/zip")) {
      answer.set("body", names());
    } else {
      answer.set("body", Golden.digest(lastBody));
    }
    return answer;
  }

  /** The body, without the word that addresses know an explanation by: another one each time. */
  private JsonNode json() {
    JsonNode body = Golden.read(lastBody);
    if (body instanceof ObjectNode object && object.size() != 0 && named(object)) {
      lastId = object.get("id").stringValue();
      object.put("id", "(%d signs)".formatted(lastId.length()));
    }
    return body;
  }

  /** Explanations and uploads are; databases have names of their own. */
  private static boolean named(ObjectNode body) {
    return body.has("id") && (body.has("explanation") || body.size() == 2);
  }

  private ArrayNode names() throws IOException {
    ArrayNode names = Golden.object().putArray("names");
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(lastBody))) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    return names;
  }

  @Override
  public void close() {
    client.close();
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
