package org.compnn.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.compnn.CompNN;
import org.compnn.database.Database;
import org.compnn.problem.UserError;
import org.compnn.report.ExportFiles;
import org.compnn.report.ReviewExport;
import org.compnn.report.ReviewedPictures;
import org.compnn.study.Decision;
import org.compnn.study.Review;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What people decided about a database's labels. */
@Command(
    name = "review",
    mixinStandardHelpOptions = true,
    description = {
      "Print what was decided about training labels, put reviews of several people together, and"
          + " write corrected labels.",
      "Decisions are made on the page ('compnn serve') and kept beside the database, in"
          + " DB.review/review.jsonl."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  compnn review camvid.db",
      "  compnn review camvid.db --merge ada.jsonl --merge grace.jsonl",
      "  compnn review camvid.db --data camvid/train --export corrected --out corrected",
      "  compnn index camvid.db --replace corrected"
    })
final class ReviewCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DB", description = "Database written by 'compnn index'.")
  private Path folder;

  @Option(
      names = "--review",
      paramLabel = "FILE",
      description = "File of decisions. Default: DB.review/review.jsonl beside the database.")
  private @Nullable Path file;

  @Option(
      names = "--merge",
      paramLabel = "FILE",
      description = "Add the decisions of another file. May be repeated.")
  private List<Path> merged = List.of();

  @Option(
      names = "--export",
      paramLabel = "FORMAT",
      description =
          "Write what was decided: corrected (label pictures for 'compnn index --replace'), coco,"
              + " csv, label-studio, cvat, fiftyone, or without (a list for --without @FILE).")
  private @Nullable String export;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for --export, created if missing.")
  private @Nullable Path out;

  @Option(
      names = "--data",
      paramLabel = "DATASET",
      description =
          "The data set that was indexed: pictures and labels are written at their own size, labels"
              + " coded as its own. Without it, as the database has them.")
  private @Nullable Path data;

  @Mixin private DatasetArguments dataset;

  @Override
  public Integer call() throws IOException {
    if ((export == null) != (out == null)) {
      throw new UserError(
          "--export and --out: expected both or none, found %s alone"
              .formatted(export == null ? "--out" : "--export"));
    }
    PrintWriter print = spec.commandLine().getOut();
    if (!Database.isThere(folder)) {
      // Says what is there instead.
      Database.open(folder).close();
    }
    Review review = file == null ? Review.of(folder) : Review.read(file);
    review.note().ifPresent(print::println);
    if (!merged.isEmpty()) {
      int added = review.merge(merged);
      print.printf(Locale.ROOT, "Added %d decisions to %s%n", added, review.file());
    }
    counts(print, review);
    if (export != null && out != null) {
      write(print, review, format(export), out);
    }
    print.flush();
    return 0;
  }

  private static void counts(PrintWriter print, Review review) {
    List<Decision> standing = review.standing();
    print.printf(
        Locale.ROOT,
        "%s: %d decisions, %d stand%n",
        review.file(),
        review.decisions().size(),
        standing.size());
    for (Decision.Verdict verdict : Decision.Verdict.values()) {
      long count = standing.stream().filter(d -> d.decision() == verdict).count();
      if (count > 0) {
        long pictures =
            standing.stream()
                .filter(d -> d.decision() == verdict)
                .map(Decision::picture)
                .distinct()
                .count();
        print.printf(
            Locale.ROOT,
            "  %-8s %6d in %d picture%s%n",
            verdict.word(),
            count,
            pictures,
            pictures == 1 ? "" : "s");
      }
    }
  }

  private static ReviewExport.Format format(String word) {
    for (ReviewExport.Format format : ReviewExport.Format.values()) {
      if (format.word().equals(word.toLowerCase(Locale.ROOT))) {
        return format;
      }
    }
    throw new UserError(
        "--export: expected corrected, coco, csv, label-studio, cvat, fiftyone or without, found '%s'"
            .formatted(word));
  }

  private void write(PrintWriter print, Review review, ReviewExport.Format format, Path to)
      throws IOException {
    try (CompNN compnn = CompNN.open(folder)) {
      ReviewedPictures pictures =
          data == null
              ? ReviewedPictures.of(compnn)
              : ReviewedPictures.of(compnn, dataset.open(data, compnn));
      ReviewExport exported = ReviewExport.of(review, pictures);
      exported.leftOut().forEach(print::println);
      int count = exported.write(format, ExportFiles.in(to));
      print.printf(Locale.ROOT, "Wrote %d %s to %s%n", count, what(format), to);
    }
  }

  private static String what(ReviewExport.Format format) {
    return switch (format) {
      case CSV -> "decisions";
      case WITHOUT -> "ids";
      case CORRECTED -> "label pictures";
      default -> "pictures";
    };
  }
}
