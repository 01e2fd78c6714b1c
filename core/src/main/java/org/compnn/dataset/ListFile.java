package org.compnn.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.compnn.problem.UserError;

/**
 * Pairs in a text file: an input and, after white space, its target on each line. Paths are
 * relative to the file's folder; where a path of another machine is not there, its longest ending
 * that lies below the file's folder is taken, as CamVid's lists need it.
 */
record ListFile(Path file, PairMaker maker, Consumer<String> skip) {
  List<Pair> read() {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new UserError(
          file + ": expected a text file of pairs, but it cannot be read as UTF-8 text", e);
    }
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] parts = line.split("\\s+", -1);
      if (parts.length > 2) {
        throw new UserError(
            "%s: line %d: expected an input and a target, found %d words; paths with spaces need a CSV file"
                .formatted(file, i + 1, parts.length));
      }
      Optional<Path> input = found(parts[0]);
      Optional<Path> target = parts.length == 2 ? found(parts[1]) : Optional.empty();
      if (input.isEmpty() || (parts.length == 2 && target.isEmpty())) {
        skip.accept(
            "%s: line %d: expected the picture %s, found no such file; correct the path or skip broken pairs"
                .formatted(file, i + 1, input.isEmpty() ? parts[0] : parts[1]));
        continue;
      }
      pairs.add(
          maker.pair(
              PictureTree.stem(Path.of(""), input.get().getFileName()),
              List.of(),
              input.get(),
              target));
    }
    return pairs;
  }

  private Optional<Path> found(String written) {
    Path folder = file.toAbsolutePath().resolveSibling("");
    Path path = Path.of(written);
    if (Files.isRegularFile(folder.resolve(path))) {
      return Optional.of(folder.resolve(path));
    }
    for (int from = 0; from < path.getNameCount(); from++) {
      Path ending = folder.resolve(path.subpath(from, path.getNameCount()));
      if (Files.isRegularFile(ending)) {
        return Optional.of(ending);
      }
    }
    return Optional.empty();
  }
}
