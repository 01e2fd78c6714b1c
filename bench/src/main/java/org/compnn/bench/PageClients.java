package org.compnn.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Many people at the page at once: each asks for a picture, sometimes without some training
 * pictures, then for everything that the page shows of the answer.
 */
final class PageClients {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> SHOWN =
      List.of(
          "field",
          "pictures/input.png",
          "pictures/network.png",
          "pictures/output.png",
          "pictures/reconstruction.png");
  private static final int TRAINING_PICTURES = 12;

  private final String address;
  private final String database;
  private final List<ObjectNode> queries = new ArrayList<>();
  private final List<String> exemplars;
  private final Times questions = new Times();
  private final Times others = new Times();
  private final LongAdder bytes = new LongAdder();
  private final ConcurrentLinkedQueue<String> errors = new ConcurrentLinkedQueue<>();

  PageClients(String address) throws IOException, InterruptedException {
    this.address = address;
    try (HttpClient client = HttpClient.newHttpClient()) {
      database = read(client, "api/databases").get(0).get("id").asString();
      JsonNode whole = read(client, "api/databases/" + database);
      exemplars = whole.get("exemplars").findValuesAsString("id");
      whole.get("pictures").findValuesAsString("id").forEach(id -> query("data", id));
      exemplars.forEach(id -> query("training", id));
    }
  }

  private void query(String kind, String id) {
    queries.add(JSON.createObjectNode().put("kind", kind).put("id", id));
  }

  private JsonNode read(HttpClient client, String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address + path)).build();
    return JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
  }

  /** Lets so many clients ask for so long; each ends with its last question. */
  void run(int count, int seconds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    try (HttpClient client = HttpClient.newHttpClient();
        var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        int number = i;
        clients.execute(() -> visit(client, number, end));
      }
      clients.shutdown();
      if (!clients.awaitTermination(seconds + 300L, TimeUnit.SECONDS)) {
        errors.add("some clients were not answered");
      }
    }
  }

  private void visit(HttpClient client, int number, long end) {
    Random random = new Random(number);
    while (System.nanoTime() < end) {
      try {
        JsonNode answer = ask(client, number, random);
        look(client, answer.get("id").asString(), random);
      } catch (IOException | RuntimeException e) {
        errors.add(e.toString());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private JsonNode ask(HttpClient client, int number, Random random)
      throws IOException, InterruptedException {
    ObjectNode question = JSON.createObjectNode().put("top_k", 5);
    question.set("query", queries.get(random.nextInt(queries.size())));
    if (random.nextBoolean()) {
      question.putArray("without").add(exemplars.get(random.nextInt(exemplars.size())));
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "api/databases/" + database + "/explanations"))
            .header("Content-Type", "application/json")
            .header("X-Client", "bench-client-" + number)
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(question)))
            .build();
    HttpResponse<byte[]> response = timed(client, request, questions);
    return JSON.readTree(response.body());
  }

  private void look(HttpClient client, String id, Random random)
      throws IOException, InterruptedException {
    for (String name : SHOWN) {
      get(client, "api/explanations/" + id + "/" + name);
    }
    for (int i = 0; i < TRAINING_PICTURES; i++) {
      int exemplar = random.nextInt(exemplars.size());
      get(client, "api/databases/" + database + "/exemplars/" + exemplar + "/input.png");
    }
  }

  private void get(HttpClient client, String path) throws IOException, InterruptedException {
    timed(client, HttpRequest.newBuilder(URI.create(address + path)).build(), others);
  }

  private HttpResponse<byte[]> timed(HttpClient client, HttpRequest request, Times times)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
    times.add((System.nanoTime() - begin) / 1e6);
    bytes.add(response.body().length);
    if (response.statusCode() != 200) {
      throw new IOException(
          response.statusCode() + " " + new String(response.body(), StandardCharsets.UTF_8));
    }
    return response;
  }

  /** Of questions: from the question to its answer, waiting for the turn included. */
  Times questions() {
    return questions;
  }

  /** Of fields and pictures. */
  Times others() {
    return others;
  }

  long megabytes() {
    return bytes.sum() >> 20;
  }

  /** What was not answered, in words. */
  List<String> errors() {
    return List.copyOf(errors);
  }
}
