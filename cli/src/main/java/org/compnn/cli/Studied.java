package org.compnn.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a command prints as JSON that writes a report and numbers.
 *
 * @param report the page to read
 * @param numbers what {@code numbers.json} beside it holds
 */
record Studied(String report, JsonNode numbers) {
  /** What was written beside a report. */
  static Studied of(Path report) throws IOException {
    return new Studied(report.toString(), read(report.resolveSibling("numbers.json")));
  }

  /** The JSON of a file. */
  static JsonNode read(Path file) throws IOException {
    return JsonMapper.shared().readTree(Files.readAllBytes(file));
  }
}
