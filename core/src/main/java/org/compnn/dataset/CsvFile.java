package org.compnn.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.compnn.network.InputPart;
import org.compnn.problem.UserError;

/**
 * Pairs in a CSV file: input, target, tags, id; paths are relative to the file's folder, or found
 * as {@link WrittenPath} says. Further inputs of the network have columns of their names, or {@code
 * input2} and so on. Columns are separated by commas, semicolons or tabs.
 */
record CsvFile(
    Path file,
    PairMaker maker,
    List<InputPart> inputs,
    Consumer<String> skip,
    Consumer<String> note) {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setIgnoreEmptyLines(true)
          .setIgnoreSurroundingSpaces(true)
          .get();

  /** A line whose pictures are there; without an id where the path has yet to give one. */
  private record Found(
      Optional<String> id,
      List<String> tags,
      List<Path> files,
      Optional<Path> target,
      Map<String, Path> further) {
    Path input() {
      return files.getFirst();
    }
  }

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
    return found.stream().map(f -> pair(f, f.id.orElseGet(ids::next))).toList();
  }

  private Pair pair(Found found, String id) {
    Pair pair = maker.pair(id, found.tags, found.input(), found.target);
    boolean more = found.files.size() > 1 || !found.further.isEmpty();
    return more && pair instanceof FilePair files
        ? new SamplePair(files, found.files, inputs, found.further)
        : pair;
  }

  /** The files of one cell; a network that reads values may have one for each band. */
  private List<Optional<Path>> files(Path folder, String cell, String where) {
    boolean bands = !inputs.isEmpty() && inputs.getFirst().kind() == InputPart.Kind.VALUES;
    return Arrays.stream(bands ? cell.split("\\|", -1) : new String[] {cell})
        .map(name -> WrittenPath.find(folder, name.strip(), where))
        .toList();
  }

  private Map<String, String> further(Map<String, String> line) {
    Map<String, String> cells = new LinkedHashMap<>();
    for (int i = 1; i < inputs.size(); i++) {
      String name = inputs.get(i).name();
      String cell =
          line.getOrDefault(name.toLowerCase(Locale.ROOT), line.getOrDefault("input" + (i + 1), ""))
              .strip();
      if (!cell.isEmpty()) {
        cells.put(name, cell);
      }
    }
    return cells;
  }

  private Optional<Found> found(Path folder, Map<String, String> line, String where) {
    String input = line.getOrDefault("input", "").strip();
    String target = line.getOrDefault("target", "").strip();
    if (input.isEmpty()) {
      skip.accept(where + ": expected an input, found none; fill it in or skip broken pairs");
      return Optional.empty();
    }
    List<Optional<Path>> files = files(folder, input, where);
    Optional<Path> inputFile =
        files.stream().allMatch(Optional::isPresent) ? files.getFirst() : Optional.empty();
    Map<String, Path> further = new LinkedHashMap<>();
    for (Map.Entry<String, String> cell : further(line).entrySet()) {
      Optional<Path> there = WrittenPath.find(folder, cell.getValue(), where);
      if (there.isEmpty()) {
        skip.accept(
            where
                + ": expected the picture "
                + cell.getValue()
                + ", found no such file; correct the path or skip broken pairs");
        return Optional.empty();
      }
      further.put(cell.getKey(), there.get());
    }
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
            files.stream().map(Optional::orElseThrow).toList(),
            targetFile,
            further));
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
