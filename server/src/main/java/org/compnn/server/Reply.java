package org.compnn.server;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a request is answered with.
 *
 * @param status the HTTP status
 * @param body the whole answer, not to be changed
 * @param headers by name; the content's type among them
 */
@SuppressWarnings("ArrayRecordComponent") // Written once and never compared.
record Reply(int status, byte[] body, Map<String, String> headers) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  Reply {
    headers = Map.copyOf(headers);
  }

  static Reply of(String type, byte[] body) {
    return new Reply(200, body, Map.of("Content-Type", type));
  }

  static Reply json(JsonNode node) {
    return of("application/json", JSON.writeValueAsBytes(node)).with("Cache-Control", "no-store");
  }

  /** An error as every part of the interface gives it. */
  static Reply error(int status, String message) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.putObject("error").put("status", status).put("message", message);
    return new Reply(
        status,
        JSON.writeValueAsBytes(node),
        Map.of("Content-Type", "application/json", "Cache-Control", "no-store"));
  }

  static Reply text(int status, String text) {
    return new Reply(
        status,
        text.getBytes(StandardCharsets.UTF_8),
        Map.of("Content-Type", "text/plain; charset=utf-8", "Cache-Control", "no-store"));
  }

  /** Nothing to say. */
  static Reply empty(int status) {
    return new Reply(status, new byte[0], Map.of());
  }

  Reply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply(status, body, more);
  }

  /** For what never changes under its address. */
  Reply forever() {
    return with("Cache-Control", "private, max-age=31536000, immutable");
  }

  /** To be saved under a name rather than shown. */
  Reply saved(String name) {
    return with(
        "Content-Disposition",
        "attachment; filename=\"" + name.replaceAll("[^A-Za-z0-9._-]", "_") + "\"");
  }
}
