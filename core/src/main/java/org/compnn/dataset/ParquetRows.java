package org.compnn.dataset;

import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.row.PqStruct;
import dev.hardwood.schema.ColumnProjection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.compnn.problem.NotEnoughMemory;
import org.compnn.problem.UserError;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a Parquet file, read mostly one after the other. A file of pictures is larger than
 * memory, so only those around the last one are kept; another place is gone to anew. May be used by
 * several threads.
 */
final class ParquetRows {
  /** Rows kept behind the last: threads that share the work ask out of order by as many. */
  private static final int KEPT = 16;

  private final Path file;
  private final ParquetColumns columns;
  private final Map<Long, Row> kept = new LinkedHashMap<>();
  private @Nullable ParquetFileReader reader;
  private @Nullable RowReader rows;
  private long next;
  private @Nullable UserError endless;

  /**
   * @param file the file
   * @param columns those to read
   */
  ParquetRows(Path file, ParquetColumns columns) {
    this.file = file;
    this.columns = columns;
  }

  /**
   * A row: the bytes of picture files.
   *
   * @param target empty where the row has none
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Row(byte[] image, Optional<byte[]> target) {}

  /**
   * Reads a row.
   *
   * @throws UserError if it has no picture, or the file is broken
   */
  synchronized Row row(long number) {
    Row there = kept.get(number);
    if (there != null) {
      return there;
    }
    if (endless != null) {
      throw endless;
    }
    try {
      return WithinTime.read(file, "row " + number, () -> read(number));
    } catch (UserError e) {
      if (e.getCause() instanceof TimeoutException) {
        endless = e;
      }
      throw e;
    }
  }

  private Row read(long number) {
    try {
      if (rows == null || number < next || number > next + KEPT) {
        close();
        ParquetFileReader opened = ParquetFileReader.open(ParquetInput.of(file));
        reader = opened;
        rows = opened.buildRowReader().projection(projection()).skip(number).build();
        next = number;
      }
      Row read = null;
      while (next <= number) {
        read = one(rows);
        kept.put(next, read);
        next++;
        while (kept.size() > KEPT) {
          kept.remove(kept.keySet().iterator().next());
        }
      }
      if (!rows.hasNext()) {
        close();
      }
      if (read == null) {
        throw new IllegalStateException("row " + number + " was passed");
      }
      return read;
    } catch (UserError e) {
      close();
      throw e;
    } catch (IOException | RuntimeException e) {
      close();
      // The library answers broken files with all sorts of runtime exceptions.
      throw broken(file, e);
    }
  }

  /**
   * One line about a file that cannot be read.
   *
   * @throws NotEnoughMemory if that is why
   */
  static UserError broken(Path file, Exception e) {
    if (NotEnoughMemory.isBehind(e)) {
      throw new NotEnoughMemory(
          file + ": expected Parquet whose columns fit the memory, found some that do not", e);
    }
    String why = String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ");
    return new UserError(
        "%s: expected Parquet without compression or with gzip or Snappy, found: %s; write it anew"
            .formatted(file, why.length() > 160 ? why.substring(0, 159) + "…" : why),
        e);
  }

  private ColumnProjection projection() {
    return columns
        .target()
        .map(target -> ColumnProjection.columns(columns.image(), target))
        .orElseGet(() -> ColumnProjection.columns(columns.image()));
  }

  private Row one(RowReader reading) {
    if (!reading.hasNext()) {
      throw new UserError(file + ": expected more rows than it has");
    }
    reading.next();
    byte[] image =
        bytes(reading, columns.image())
            .orElseThrow(
                () ->
                    new UserError(
                        "%s: expected the bytes of a picture in column %s of row %d, found none; save the data set with its pictures embedded"
                            .formatted(file, columns.image(), next)));
    return new Row(image, columns.target().flatMap(target -> bytes(reading, target)));
  }

  private static Optional<byte[]> bytes(RowReader reading, String column) {
    if (reading.isNull(column)) {
      return Optional.empty();
    }
    PqStruct picture = reading.getStruct(column);
    return picture.isNull("bytes") ? Optional.empty() : Optional.of(picture.getBinary("bytes"));
  }

  private void close() {
    try {
      if (rows != null) {
        rows.close();
      }
      if (reader != null) {
        reader.close();
      }
    } catch (IOException e) {
      // It was only read from.
    } finally {
      rows = null;
      reader = null;
    }
  }
}
