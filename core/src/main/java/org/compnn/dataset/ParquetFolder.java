package org.compnn.dataset;

import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.schema.ColumnProjection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.compnn.files.Json;
import org.compnn.problem.UserError;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Hugging Face's data sets in Parquet: {@code data/train-00000-of-00002.parquet}, each row with a
 * picture and its target.
 *
 * @see <a href="https://huggingface.co/docs/datasets/image_dataset">Hugging Face, image data</a>
 */
record ParquetFolder(Path path, Listing listing) {
  static boolean isAt(Path path) {
    return !files(path).isEmpty();
  }

  void list() {
    List<Path> files = files(path);
    if (files.isEmpty()) {
      throw new UserError(path + ": expected Parquet files, found none");
    }
    for (Path file : files) {
      list(file);
    }
    List<String> names = names();
    if (!names.isEmpty() && listing.format() instanceof TargetFormat.AsStored) {
      listing.classes(names);
    }
  }

  private void list(Path file) {
    try (ParquetFileReader reader = ParquetFileReader.open(ParquetInput.of(file))) {
      ParquetColumns columns = ParquetColumns.of(reader.getFileSchema(), file);
      listing.note(
          "Inputs from column %s, %s"
              .formatted(
                  columns.image(),
                  columns.target().map(t -> "targets from column " + t).orElse("no targets")));
      ParquetColumns directed =
          listing.swapped()
              ? new ParquetColumns(
                  columns
                      .target()
                      .orElseThrow(
                          () ->
                              new UserError(
                                  file + ": expected a target to take as the input, found none")),
                  Optional.of(columns.image()))
              : columns;
      long count = reader.getFileMetaData().numRows();
      List<String> ids = ids(file, reader, columns.image(), PictureTree.stem(root(), file), count);
      List<String> tags =
          Splits.within(String.valueOf(file.getFileName())).map(s -> "split=" + s).stream()
              .toList();
      ParquetRows rows = new ParquetRows(file, directed);
      for (int i = 0; i < count; i++) {
        String name = String.format(Locale.ROOT, "%s: row %d", file, i);
        listing.add(new ParquetPair(ids.get(i), tags, rows, i, name, listing.format()));
      }
    } catch (UserError e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw ParquetRows.broken(file, e);
    }
  }

  private Path root() {
    return Files.isDirectory(path) ? path : path.toAbsolutePath().resolveSibling("");
  }

  /** The pictures' names below that of the file where each row has another, else their numbers. */
  private static List<String> ids(
      Path file, ParquetFileReader reader, String column, String stem, long count) {
    List<String> names = new ArrayList<>();
    boolean pathed =
        reader.getFileSchema().getColumns().stream()
            .anyMatch(c -> c.fieldPath().toString().equals(column + ".path"));
    if (pathed) {
      names.addAll(WithinTime.read(file, "the pictures' names", () -> paths(reader, column)));
    }
    boolean named = names.size() == count && new HashSet<>(names).size() == count;
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(stem + "/" + (named ? names.get(i) : i));
    }
    return ids;
  }

  private static List<String> paths(ParquetFileReader reader, String column) {
    List<String> names = new ArrayList<>();
    ColumnProjection paths = ColumnProjection.columns(column + ".path");
    try (RowReader rows = reader.buildRowReader().projection(paths).build()) {
      while (rows.hasNext()) {
        rows.next();
        if (!rows.isNull(column) && !rows.getStruct(column).isNull("path")) {
          String name = rows.getStruct(column).getString("path").replace('\\', '/');
          names.add(PictureTree.stem(Path.of(""), Path.of(name)));
        }
      }
    }
    return names;
  }

  /** Names of the stored numbers, from {@code id2label.json}, as many repositories have it. */
  private List<String> names() {
    Path file = root().resolve("id2label.json");
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try {
      TreeMap<Integer, String> names = new TreeMap<>();
      for (var entry : Json.tree(Files.readString(file)).properties()) {
        JsonNode name = entry.getValue();
        names.put(Integer.valueOf(entry.getKey()), name.asString(""));
      }
      boolean whole = !names.isEmpty() && names.lastKey() == names.size() - 1;
      return whole && names.firstKey() == 0 ? List.copyOf(names.values()) : List.of();
    } catch (JacksonException | NumberFormatException | IOException e) {
      throw new UserError(file + ": expected numbers and names, found something else", e);
    }
  }

  private static List<Path> files(Path path) {
    if (Files.isRegularFile(path)) {
      return isParquet(path) ? List.of(path) : List.of();
    }
    try (Stream<Path> walk = Files.walk(path, 3)) {
      return walk.filter(file -> isParquet(file) && Files.isRegularFile(file))
          .sorted(Comparator.comparing(Path::toString, PictureTree::natural))
          .toList();
    } catch (IOException e) {
      throw new UserError(path + ": expected a readable folder, but it cannot be listed", e);
    }
  }

  private static boolean isParquet(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(".parquet") && !name.startsWith(".");
  }
}
