package org.compnn.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.compnn.report.ExportFiles;
import org.compnn.report.ReviewExport;
import org.compnn.report.ReviewExport.Format;
import org.compnn.report.ReviewedPictures;
import org.compnn.study.Review;

/** What was decided, as files to take away. */
final class ReviewAnswers {
  private ReviewAnswers() {}

  private record Kind(Format format, String type) {}

  private static final String ZIP = "application/zip";

  /** What can be had, by the name of its file. */
  private static final Map<String, Kind> KINDS =
      Map.of(
          "corrected.zip", new Kind(Format.CORRECTED, ZIP),
          "coco.zip", new Kind(Format.COCO, ZIP),
          "regions.csv", new Kind(Format.CSV, "text/csv; charset=utf-8"),
          "label-studio.zip", new Kind(Format.LABEL_STUDIO, ZIP),
          "cvat.zip", new Kind(Format.CVAT, ZIP),
          "fiftyone.zip", new Kind(Format.FIFTYONE, ZIP),
          "without.txt", new Kind(Format.WITHOUT, "text/plain; charset=utf-8"));

  /**
   * An export.
   *
   * @param most bytes that it may have
   * @throws Refusal 404 if there is none of that name, 413 if it is too large
   * @throws org.compnn.problem.UserError if the review cannot be read, or does not fit the database
   */
  static Reply export(ServedDatabase served, Review review, String name, int most) {
    if (name.equals(Review.NAME)) {
      return decisions(served, review);
    }
    Kind kind = KINDS.get(name);
    if (kind == null) {
      throw Refusal.notFound(
          "expected one of %s, found '%s'"
              .formatted(String.join(", ", KINDS.keySet().stream().sorted().toList()), name));
    }
    ReviewExport export = ReviewExport.of(review, ReviewedPictures.of(served.compnn()));
    Bounded bytes = new Bounded(most);
    try {
      if (kind.type().equals(ZIP)) {
        try (ExportFiles.Zip zip = ExportFiles.zip(bytes)) {
          export.write(kind.format(), zip);
        }
      } else {
        export.write(
            kind.format(),
            (file, content) -> {
              bytes.write(content);
              return Path.of(file);
            });
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Reply.of(kind.type(), bytes.content.toByteArray())
        .with("Cache-Control", "no-store")
        .saved(served.id() + "-" + name);
  }

  /** The file of decisions itself. */
  private static Reply decisions(ServedDatabase served, Review review) {
    try {
      byte[] lines = Files.exists(review.file()) ? Files.readAllBytes(review.file()) : new byte[0];
      return Reply.of("application/x-ndjson", lines)
          .with("Cache-Control", "no-store")
          .saved(served.id() + "-" + Review.NAME);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes in memory, not too many of them. */
  private static final class Bounded extends OutputStream {
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final int most;

    Bounded(int most) {
      this.most = most;
    }

    @Override
    public void write(int one) {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes) {
      write(bytes, 0, bytes.length);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      if (content.size() + (long) length > most) {
        throw new Refusal(
            413,
            "the export has more than %d MB; write it with 'compnn review --export'"
                .formatted(most / 1_000_000));
      }
      content.write(bytes, from, length);
    }
  }
}
