package org.compnn.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.compnn.CompNN;
import org.compnn.database.Database;
import org.compnn.network.NetworkOptions;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.report.ExportFiles;
import org.compnn.report.ReviewExport;
import org.compnn.report.ReviewedPictures;
import org.compnn.study.Decision;
import org.compnn.study.Review;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
final class ReviewCommand implements Callable<ReviewCommand.Found> {
  @Mixin private Voice voice = new Voice();

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
  @Mixin private ShardsLeftOut shards = new ShardsLeftOut();

  /**
   * What {@code --json} prints.
   *
   * @param file the file of decisions
   * @param decisions how many it holds
   * @param standing how many of them hold
   * @param counts those by what was decided
   * @param added decisions that other files gave
   * @param exported what was written
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Found(
      String file,
      int decisions,
      int standing,
      List<Count> counts,
      int added,
      Optional<Exported> exported) {}

  /**
   * What stands of one kind.
   *
   * @param decision the word for it
   * @param regions how many
   * @param pictures in how many pictures
   */
  record Count(String decision, long regions, long pictures) {}

  /**
   * Files for other programs.
   *
   * @param folder where they are
   * @param count how many there are
   * @param what what is counted
   */
  record Exported(String folder, int count, String what) {}

  @Override
  public Found call() throws IOException {
    if ((export == null) != (out == null)) {
      throw new UserError(
          "--export and --out: expected both or none, found %s alone"
              .formatted(export == null ? "--out" : "--export"));
    }
    if (!Database.isThere(folder)) {
      // Says what is there instead.
      Database.open(folder).close();
    }
    Review review = file == null ? Review.of(folder) : Review.read(file);
    review.note().ifPresent(voice::note);
    int added = merged.isEmpty() ? 0 : review.merge(merged);
    if (!merged.isEmpty()) {
      voice.line(String.format(Locale.ROOT, "Added %d decisions to %s", added, review.file()));
    }
    List<Count> counts = counts(review);
    print(review, counts);
    return new Found(
        review.file().toString(),
        review.decisions().size(),
        review.standing().size(),
        counts,
        added,
        export != null && out != null
            ? Optional.of(write(review, format(export), out))
            : Optional.empty());
  }

  private void print(Review review, List<Count> counts) {
    voice.line(
        String.format(
            Locale.ROOT,
            "%s: %d decisions, %d stand",
            review.file(),
            review.decisions().size(),
            review.standing().size()));
    for (Count count : counts) {
      voice.line(
          String.format(
              Locale.ROOT,
              "  %-8s %6d in %d picture%s",
              count.decision(),
              count.regions(),
              count.pictures(),
              count.pictures() == 1 ? "" : "s"));
    }
  }

  private static List<Count> counts(Review review) {
    List<Decision> standing = review.standing();
    List<Count> counts = new ArrayList<>();
    for (Decision.Verdict verdict : Decision.Verdict.values()) {
      long count = standing.stream().filter(d -> d.decision() == verdict).count();
      if (count > 0) {
        long pictures =
            standing.stream()
                .filter(d -> d.decision() == verdict)
                .map(Decision::picture)
                .distinct()
                .count();
        counts.add(new Count(verdict.word(), count, pictures));
      }
    }
    return counts;
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

  private Exported write(Review review, ReviewExport.Format format, Path to) throws IOException {
    try (CompNN compnn =
        CompNN.open(folder, shards.names(), NetworkOptions.defaults(), Progress.NONE)) {
      ReviewedPictures pictures =
          data == null
              ? ReviewedPictures.of(compnn)
              : ReviewedPictures.of(compnn, dataset.open(data, compnn));
      ReviewExport exported = ReviewExport.of(review, pictures);
      exported.leftOut().forEach(voice::note);
      int count = exported.write(format, ExportFiles.in(to));
      voice.line(String.format(Locale.ROOT, "Wrote %d %s to %s", count, what(format), to));
      return new Exported(to.toString(), count, what(format));
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
