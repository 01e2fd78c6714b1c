package org.compnn.server;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.compnn.files.Resource;
import org.compnn.files.Sha256;
import org.compnn.viewer.Modules;
import org.compnn.viewer.Page;

/** The page's own files, read once from the program; its modules and those that it shares. */
final class Assets {
  private final Map<String, Reply> files = new LinkedHashMap<>();

  Assets() {
    add("/", "text/html; charset=utf-8", own("page.html"));
    add("/openapi.json", "application/json", own("openapi.json"));
    add("/assets/server/page.css", "text/css; charset=utf-8", own("page.css"));
    add("/assets/server/icon.svg", "image/svg+xml", own("icon.svg"));
    add("/assets/viewer/viewer.css", "text/css; charset=utf-8", Page.sharedStyle());
    for (Modules.Module module : Modules.of(Assets.class, "page.js").inOrder()) {
      add("/assets/" + module.name(), "text/javascript; charset=utf-8", module.text());
    }
  }

  /** The addresses that are served, each exactly so. */
  Iterable<String> addresses() {
    return files.keySet();
  }

  Reply get(Request request, String address) {
    Reply file = Optional.ofNullable(files.get(address)).orElseThrow();
    String tag = file.headers().getOrDefault("ETag", "");
    return request.header("If-None-Match").filter(tag::equals).isPresent()
        ? Reply.empty(304).with("ETag", tag)
        : file;
  }

  private void add(String address, String type, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    files.put(
        address, Reply.of(type, bytes).with("Cache-Control", "no-cache").with("ETag", tag(bytes)));
  }

  private static String own(String name) {
    return Resource.text(Assets.class, name);
  }

  private static String tag(byte[] bytes) {
    return "\"" + Sha256.of(bytes).hex(8) + "\"";
  }
}
