package org.compnn.server;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.compnn.files.Resource;
import org.compnn.files.Sha256;
import org.compnn.report.Explanation;

/**
 * The page's own files, read once from the program. What the report's scripts know of fields, boxes
 * and tables the page uses too: they are joined to one JavaScript module.
 */
final class Assets {
  private static final List<String> MODULES =
      List.of(
          "page.js",
          "address.js",
          "busy.js",
          "controls.js",
          "dialog.js",
          "drawing.js",
          "exemplar.js",
          "gestures.js",
          "panes.js",
          "picker.js",
          "pictures.js",
          "ranking.js",
          "result.js",
          "selection.js",
          "server.js",
          "source.js",
          "stage.js",
          "tools.js",
          "view.js",
          "visit.js");

  private static final List<String> REPORT_SCRIPTS =
      List.of("field.js", "panels.js", "inspector.js", "sections.js");

  /** What the page takes from the report's scripts. */
  private static final String REPORT_EXPORTS =
      "\nexport { Explained, WHOLE, blank, cellOf, cividis, clamp, closeUp, drawBoxes, drawCross,"
          + " element, firstPixel, numbersCard, percent, rgb, round, settingsCard,"
          + " swatch };\n";

  private final Map<String, Reply> files = new LinkedHashMap<>();

  Assets() {
    add("/", "text/html; charset=utf-8", own("page.html"));
    add("/openapi.json", "application/json", own("openapi.json"));
    add("/assets/page.css", "text/css; charset=utf-8", own("page.css"));
    add("/assets/icon.svg", "image/svg+xml", own("icon.svg"));
    add("/assets/report.css", "text/css; charset=utf-8", report("report.css"));
    for (String module : MODULES) {
      add("/assets/" + module, "text/javascript; charset=utf-8", own(module));
    }
    StringBuilder report = new StringBuilder();
    REPORT_SCRIPTS.forEach(script -> report.append(report(script)).append('\n'));
    add("/assets/report.js", "text/javascript; charset=utf-8", report + REPORT_EXPORTS);
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

  private static String report(String name) {
    return Resource.text(Explanation.class, name);
  }

  private static String tag(byte[] bytes) {
    return "\"" + Sha256.of(bytes).hex(8) + "\"";
  }
}
