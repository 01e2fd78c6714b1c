package org.compnn.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.compnn.problem.UserError;

/**
 * Pairs in a CSV file: input, target, tags, id; paths are relative to the file's folder, or found
 * as {@link WrittenPath} says. Columns are separated by commas, semicolons or tabs.
 */
record CsvFile(Path file, PairMaker maker, Consumer<String> skip, Consumer<String> note) {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setIgnoreEmptyLines(true)
          .setIgnoreSurroundingSpaces(true)
          .get();

  /** A line whose pictures are there; without an id where the path has yet to give one. */
  private record Found(Optional<String> id, List<String> tags, Path input, Optional<Path> target) {}

  List<Pair> read() {
    Path folder = file.toAbsolutePath().normalize().resolveSibling("");
    List<Found> found = new ArrayList<>();
    int number = 1;
    for (Map<String, String> line : lines(file, List.of("input"), note)) {
      number++;
      found(folder, line, file + ": line " + number).ifPresent(found::add);
    }
    List<Path> unnamed = found.stream().filter(f -> f.id.isEmpty()).map(Found::input).toList();
    Iterator<String> ids = WrittenPath.ids(folder, unnamed).iterator();
    return found.stream()
        .map(f -> maker.pair(f.id.orElseGet(ids::next), f.tags, f.input, f.target))
        .toList();
  }

  private Optional<Found> found(Path folder, Map<String, String> line, String where) {
    String input = line.getOrDefault("input", "").strip();
    String target = line.getOrDefault("target", "").strip();
    if (input.isEmpty()) {
      skip.accept(where + ": expected an input, found none; fill it in or skip broken pairs");
      return Optional.empty();
    }
    Optional<Path> inputFile = WrittenPath.find(folder, input, where);
    Optional<Path> targetFile =
        target.isEmpty() ? Optional.empty() : WrittenPath.find(folder, target, where);
    if (inputFile.isEmpty() || (!target.isEmpty() && targetFile.isEmpty())) {
      skip.accept(
          where
              + ": expected the picture "
              + (inputFile.isEmpty() ? input : target)
              + ", found no such file; correct the path or skip broken pairs");
      return Optional.empty();
    }
    String id = line.getOrDefault("id", "").strip();
    return Optional.of(
        new Found(
            id.isEmpty() ? WrittenPath.id(folder, input, inputFile.get()) : Optional.of(id),
            Tags.split(line.getOrDefault("tags", "")),
            inputFile.get(),
            targetFile));
  }

  /** The lines of a CSV file with a header, by lower-case column name. */
  static List<Map<String, String>> lines(Path file, List<String> needed) {
    return lines(file, needed, line -> {});
  }

  /**
   * The same.
   *
   * @param note hears of what is assumed
   */
  static List<Map<String, String>> lines(Path file, List<String> needed, Consumer<String> note) {
    List<Map<String, String>> lines = new ArrayList<>();
    String text = TextFile.read(file, note);
    CSVFormat format = FORMAT.builder().setDelimiter(separator(text)).get();
    try (CSVParser rows = CSVParser.parse(text, format)) {
      for (CSVRecord row : rows) {
        Map<String, String> line = new TreeMap<>();
        row.toMap()
            .forEach((column, value) -> line.put(column.strip().toLowerCase(Locale.ROOT), value));
        lines.add(line);
      }
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      throw new UserError(file + ": expected CSV with a header, found: " + e.getMessage(), e);
    }
    for (String column : needed) {
      if (lines.isEmpty() || !lines.getFirst().containsKey(column)) {
        throw new UserError(
            file
                + ": expected a header with the column '"
                + column
                + "' and lines below it, found "
                + (lines.isEmpty() ? "none" : "only " + lines.getFirst().keySet()));
      }
    }
    return lines;
  }

  /** What stands between the columns of the header: the most frequent of comma, ; and tab. */
  private static char separator(String text) {
    String header = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    char best = ',';
    for (char candidate : new char[] {';', '\t'}) {
      if (count(header, candidate) > count(header, best)) {
        best = candidate;
      }
    }
    return best;
  }

  private static long count(String text, char wanted) {
    return text.chars().filter(c -> c == wanted).count();
  }
}
