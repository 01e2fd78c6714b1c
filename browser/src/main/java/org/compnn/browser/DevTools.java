package org.compnn.browser;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Chrome DevTools Protocol over a web socket: commands, their answers, and what a page complains
 * of.
 */
final class DevTools implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int SECONDS = 60;

  private final HttpClient client;
  private final WebSocket socket;
  private final AtomicInteger last = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  DevTools(URI address) {
    client = HttpClient.newHttpClient();
    socket = client.newWebSocketBuilder().buildAsync(address, new Listener()).join();
  }

  static ObjectNode parameters() {
    return JSON.createObjectNode();
  }

  /** Sends a command and waits for its answer. */
  JsonNode send(String method, ObjectNode parameters) {
    int id = last.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    ObjectNode command = JSON.createObjectNode().put("id", id).put("method", method);
    command.set("params", parameters);
    socket.sendText(JSON.writeValueAsString(command), true).join();
    try {
      JsonNode message = answer.get(SECONDS, TimeUnit.SECONDS);
      if (message.has("error")) {
        throw new IllegalStateException(method + ": " + message.get("error"));
      }
      return message.path("result");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(method + " was not answered", e);
    }
  }

  /** Uncaught exceptions and breaches of the page's policy so far. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  private void hear(JsonNode message) {
    JsonNode parameters = message.path("params");
    if (message.has("id")) {
      CompletableFuture<JsonNode> answer = waiting.remove(message.get("id").intValue());
      if (answer != null) {
        answer.complete(message);
      }
    } else if (message.path("method").asString("").equals("Runtime.exceptionThrown")) {
      complaints.add(parameters.path("exceptionDetails").toString());
    } else if (message.path("method").asString("").equals("Log.entryAdded")) {
      JsonNode entry = parameters.path("entry");
      // What the network says of answers that are no success is the page's to deal with.
      if (entry.path("level").asString("").equals("error")
          && !entry.path("source").asString("").equals("network")) {
        complaints.add(entry.path("text").asString(""));
      }
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean whole) {
      text.append(part);
      if (whole) {
        JsonNode message = JSON.readTree(text.toString());
        text.setLength(0);
        hear(message);
      }
      from.request(1);
      return null;
    }
  }

  @Override
  public void close() {
    socket.abort();
    client.shutdownNow();
  }
}
