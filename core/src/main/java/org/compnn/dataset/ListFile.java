package org.compnn.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.compnn.problem.UserError;

/**
 * Pairs in a text file: an input and, after a tab, a semicolon, white space or a comma, its target
 * on each line. Paths are relative to the file's folder, or found as {@link WrittenPath} says, as
 * CamVid's lists need it.
 */
record ListFile(Path file, PairMaker maker, Consumer<String> skip, Consumer<String> note) {
  /** What may stand between input and target; the first by which both are found. */
  private static final List<Pattern> SEPARATORS =
      List.of(
          Pattern.compile("\\s*\\t\\s*"),
          Pattern.compile("\\s*;\\s*"),
          Pattern.compile("\\s+"),
          Pattern.compile("\\s*,\\s*"));

  /** Paths in one line, and where they lead. */
  private record Line(List<String> written, List<Optional<Path>> files) {
    boolean isWhole() {
      return written.size() <= 2 && files.stream().allMatch(Optional::isPresent);
    }
  }

  List<Pair> read() {
    Path folder = file.toAbsolutePath().normalize().resolveSibling("");
    List<String> lines = TextFile.read(file, note).lines().toList();
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String text = lines.get(i).strip();
      if (!text.isEmpty() && !text.startsWith("#")) {
        pair(folder, text, file + ": line " + (i + 1)).ifPresent(pairs::add);
      }
    }
    return pairs;
  }

  private Optional<Pair> pair(Path folder, String text, String where) {
    List<Line> readings =
        SEPARATORS.stream().map(separator -> line(folder, text, separator, where)).toList();
    // A line that is one path to the end may hold spaces; then it must be there as it is written.
    Optional<Line> whole =
        readings.stream()
            .filter(r -> r.isWhole() && (r.written.size() == 2 || isPath(folder, text)))
            .findFirst();
    if (whole.isPresent()) {
      List<Optional<Path>> files = whole.get().files;
      Path input = files.getFirst().orElseThrow();
      return Optional.of(
          maker.pair(
              PictureTree.stem(Path.of(""), input.getFileName()),
              List.of(),
              input,
              files.size() == 2 ? files.getLast() : Optional.empty()));
    }
    Line likely =
        readings.stream().filter(r -> r.written.size() == 2).findFirst().orElse(readings.get(2));
    if (likely.written.size() > 2) {
      throw new UserError(
          where
              + ": expected an input and a target, found "
              + likely.written.size()
              + " words; separate paths with spaces by a tab or a semicolon");
    }
    String missing =
        likely.written.get(likely.files.getFirst().isEmpty() ? 0 : likely.written.size() - 1);
    skip.accept(
        where
            + ": expected the picture "
            + missing
            + ", found no such file; correct the path or skip broken pairs");
    return Optional.empty();
  }

  private static boolean isPath(Path folder, String text) {
    return !text.contains(" ") || Files.isRegularFile(folder.resolve(text));
  }

  private static Line line(Path folder, String text, Pattern separator, String where) {
    List<String> written = List.of(separator.split(text, -1));
    // More than two are no pair, so nobody need look for them.
    return new Line(
        written,
        written.size() > 2
            ? List.of()
            : written.stream().map(path -> WrittenPath.find(folder, path, where)).toList());
  }
}
