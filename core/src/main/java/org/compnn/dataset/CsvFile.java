package org.compnn.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** Pairs in a CSV file: input, target, tags, id; paths are relative to the file's folder. */
record CsvFile(Path file, PairMaker maker, Consumer<String> skip) {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setIgnoreEmptyLines(true)
          .setIgnoreSurroundingSpaces(true)
          .get();

  List<Pair> read() {
    Path folder = file.toAbsolutePath().resolveSibling("");
    List<Pair> pairs = new ArrayList<>();
    int number = 1;
    for (Map<String, String> line : lines(file, List.of("input"))) {
      number++;
      String input = line.getOrDefault("input", "").strip();
      String target = line.getOrDefault("target", "").strip();
      if (input.isEmpty()) {
        skip.accept(
            file
                + ": line "
                + number
                + ": expected an input, found none; fill it in or skip broken pairs");
        continue;
      }
      Path inputFile = folder.resolve(input);
      Optional<Path> targetFile =
          target.isEmpty() ? Optional.empty() : Optional.of(folder.resolve(target));
      Optional<Path> missing =
          !Files.isRegularFile(inputFile)
              ? Optional.of(inputFile)
              : targetFile.filter(t -> !Files.isRegularFile(t));
      if (missing.isPresent()) {
        skip.accept(
            file
                + ": line "
                + number
                + ": expected the picture "
                + missing.get()
                + ", found no such file; correct the path or skip broken pairs");
        continue;
      }
      String id = line.getOrDefault("id", "").strip();
      pairs.add(
          maker.pair(
              id.isEmpty() ? PictureTree.stem(Path.of(""), Path.of(input)) : id,
              Tags.split(line.getOrDefault("tags", "")),
              inputFile,
              targetFile));
    }
    return pairs;
  }

  /** The lines of a CSV file with a header, by lower-case column name. */
  static List<Map<String, String>> lines(Path file, List<String> needed) {
    List<Map<String, String>> lines = new ArrayList<>();
    try (CSVParser rows = CSVParser.parse(file, StandardCharsets.UTF_8, FORMAT)) {
      for (CSVRecord row : rows) {
        Map<String, String> line = new TreeMap<>();
        row.toMap()
            .forEach((column, value) -> line.put(column.strip().toLowerCase(Locale.ROOT), value));
        lines.add(line);
      }
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      throw new UserError(
          file + ": expected CSV with a header in UTF-8, found: " + e.getMessage(), e);
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
}
