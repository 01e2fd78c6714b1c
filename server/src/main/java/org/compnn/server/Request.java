package org.compnn.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A request as it came, with its path taken apart and its body bounded. */
final class Request {
  /** Lists of exemplars are the longest that a request of JSON has to say. */
  private static final int MOST_JSON = 1 << 20;

  private static final Pattern CLIENT = Pattern.compile("[A-Za-z0-9-]{8,64}");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** What must not be said twice: whoever stands between might believe the other one. */
  private static final List<String> ONCE =
      List.of("Host", "Content-Length", "Transfer-Encoding", "Origin", "Authorization");

  private final HttpExchange exchange;
  private final boolean trusted;
  private final List<String> segments;
  private final Map<String, String> query;

  /**
   * @throws Refusal 400 if it cannot be read in one way only
   */
  Request(HttpExchange exchange, Front front) {
    this.exchange = exchange;
    this.trusted = front.trusts(exchange.getRemoteAddress().getAddress());
    for (String name : ONCE) {
      if (exchange.getRequestHeaders().getOrDefault(name, List.of()).size() > 1) {
        throw Refusal.malformed("expected one header " + name + ", found several");
      }
    }
    String path = exchange.getRequestURI().getRawPath();
    String base = front.path();
    this.segments =
        segments(
            path.equals(base) || path.startsWith(base + "/")
                ? path.substring(base.length())
                : path);
    this.query = pairs(exchange.getRequestURI().getRawQuery());
  }

  /** Whether it came through a proxy that is believed and that says for whom. */
  boolean forwarded() {
    return trusted && header("X-Forwarded-Host").isPresent();
  }

  /** The host and port that the browser asked. */
  String host() {
    return (forwarded() ? header("X-Forwarded-Host") : header("Host")).orElse("");
  }

  /** Whether a proxy says that the browser's connection to it is encrypted. */
  boolean encrypted() {
    return trusted && header("X-Forwarded-Proto").filter("https"::equals).isPresent();
  }

  /** The path as it came, without what is asked after it. */
  String path() {
    return exchange.getRequestURI().getRawPath();
  }

  String method() {
    return exchange.getRequestMethod();
  }

  /** The parts of the path between slashes, decoded. */
  List<String> segments() {
    return segments;
  }

  Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  /** Which page asks, if it says so; a newer request of a page ends its older ones. */
  Optional<String> client() {
    return header("X-Client").filter(client -> CLIENT.matcher(client).matches());
  }

  /** The body, which must be JSON. */
  JsonNode json() {
    requireType("application/json");
    return json(body(MOST_JSON, "a request"));
  }

  /** JSON within the address; an empty object where there is none. */
  JsonNode queryJson(String name) {
    return json(query(name).orElse("{}").getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode json(byte[] text) {
    try {
      return JSON.readTree(text);
    } catch (JacksonException e) {
      throw Refusal.malformed("expected JSON, found something else: " + e.getOriginalMessage());
    }
  }

  /** Also keeps other sites out: a form cannot send such a type, a script must ask first. */
  void requireType(String prefix) {
    String type = header("Content-Type").orElse("");
    if (!type.startsWith(prefix)) {
      throw new Refusal(
          415, "expected Content-Type " + prefix + ", found '" + type + "'; set that header");
    }
  }

  /** The whole body, if it has at most so many bytes. */
  byte[] body(int most, String what) {
    String length = header("Content-Length").orElse("0");
    try {
      if (length.length() > 18 || Long.parseLong(length) > most) {
        throw tooLarge(most, what);
      }
      byte[] body = exchange.getRequestBody().readNBytes(most + 1);
      if (body.length > most) {
        throw tooLarge(most, what);
      }
      return body;
    } catch (NumberFormatException e) {
      throw Refusal.malformed("expected a Content-Length, found '" + length + "'");
    } catch (IOException e) {
      throw Refusal.malformed("the request ended early");
    }
  }

  private static Refusal tooLarge(int most, String what) {
    return new Refusal(
        413, "expected " + what + " of at most " + (most >> 20) + " MiB, found a larger one");
  }

  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      if (!segment.isEmpty()) {
        segments.add(decoded(segment.replace("+", "%2B")));
      }
    }
    return List.copyOf(segments);
  }

  private static Map<String, String> pairs(String raw) {
    Map<String, String> query = new LinkedHashMap<>();
    if (raw != null) {
      for (String pair : raw.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          query.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
        }
      }
    }
    return query;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusal.malformed("the address has a broken % escape");
    }
  }
}
