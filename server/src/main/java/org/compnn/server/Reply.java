package org.compnn.server;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.compnn.viewer.ViewJson;

/**
 * What a request is answered with.
 *
 * @param status the HTTP status
 * @param body the whole answer, not to be changed
 * @param headers by name; the content's type among them
 */
@SuppressWarnings("ArrayRecordComponent") // Written once and never compared.
record Reply(int status, byte[] body, Map<String, String> headers) {
  /** What an error says. */
  private record Failure(Fault error) {}

  private record Fault(int status, String message) {}

  Reply {
    headers = Map.copyOf(headers);
  }

  static Reply of(String type, byte[] body) {
    return new Reply(200, body, Map.of("Content-Type", type));
  }

  /** A record, as JSON. */
  static Reply json(Object view) {
    return of("application/json", ViewJson.bytes(view)).with("Cache-Control", "no-store");
  }

  /** An error as every part of the interface gives it. */
  static Reply error(int status, String message) {
    return new Reply(
        status,
        ViewJson.bytes(new Failure(new Fault(status, message))),
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
