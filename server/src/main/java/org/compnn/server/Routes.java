package org.compnn.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which handler answers which address; the first that fits does. */
final class Routes {
  /** Answers a request; the named parts of its address by their names. */
  @FunctionalInterface
  interface Handler {
    Reply answer(Request request, Map<String, String> parts);
  }

  private record Route(String method, List<String> pattern, Handler handler) {
    /** The named parts, if the address fits. */
    Optional<Map<String, String>> match(List<String> segments) {
      if (segments.size() != pattern.size()) {
        return Optional.empty();
      }
      Map<String, String> parts = new HashMap<>();
      for (int i = 0; i < segments.size(); i++) {
        String part = pattern.get(i);
        if (part.startsWith("{")) {
          parts.put(part.substring(1, part.length() - 1), segments.get(i));
        } else if (!part.equals(segments.get(i))) {
          return Optional.empty();
        }
      }
      return Optional.of(parts);
    }
  }

  private final List<Route> routes = new ArrayList<>();

  /** Adds a handler for addresses like {@code /api/databases/{database}}. */
  Routes add(String method, String pattern, Handler handler) {
    List<String> parts =
        List.of(pattern.split("/", -1)).stream().filter(part -> !part.isEmpty()).toList();
    routes.add(new Route(method, parts, handler));
    return this;
  }

  Reply answer(Request request) {
    // HEAD is GET without the body, which is left out when the reply is sent.
    String method = request.method().equals("HEAD") ? "GET" : request.method();
    List<String> others = new ArrayList<>();
    for (Route route : routes) {
      Optional<Map<String, String>> parts = route.match(request.segments());
      if (parts.isPresent()) {
        if (route.method().equals(method)) {
          return route.handler().answer(request, parts.get());
        }
        others.add(route.method());
      }
    }
    if (others.isEmpty()) {
      throw Refusal.notFound("nothing at this address");
    }
    String allowed = String.join(", ", others);
    return Reply.error(405, "this address accepts only " + allowed).with("Allow", allowed);
  }
}
