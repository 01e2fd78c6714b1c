package org.compnn.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.compnn.CompNN;
import org.compnn.dataset.Dataset;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.report.CocoExport;
import org.compnn.report.FiftyOneExport;
import org.compnn.report.LabelExport;
import org.compnn.report.SuspectsReport;
import org.compnn.study.Predictions;
import org.compnn.study.Suspects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether results are written for another program too. */
final class ExportArgument {
  /** The programs' formats. */
  enum Format {
    COCO,
    FIFTYONE
  }

  @Option(
      names = "--export",
      paramLabel = "FORMAT",
      description =
          "Write the predictions, or the suspect regions (as COCO alone), for other programs too:"
              + " ${COMPLETION-CANDIDATES}. They go to a folder of that name in DIR.")
  private @Nullable Format format;

  /** The network's predictions; answers what to import, where something was written. */
  Optional<Path> predictions(CompNN compnn, Dataset pairs, int limit, Path out, Progress progress)
      throws IOException {
    if (format == null) {
      return Optional.empty();
    }
    LabelExport export =
        switch (format) {
          case COCO -> new CocoExport(out.resolve("coco"), compnn.palette());
          case FIFTYONE -> new FiftyOneExport(out.resolve("fiftyone"), compnn.palette());
        };
    try {
      Predictions.of(
          compnn,
          pairs,
          limit,
          progress,
          prediction -> {
            try {
              export.add(prediction.id(), prediction.picture(), prediction.labels());
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return Optional.of(export.finish());
  }

  /** The suspect regions; answers what to import, where something was written. */
  Optional<Path> suspects(CompNN compnn, Suspects suspects, Path out) throws IOException {
    if (format == null) {
      return Optional.empty();
    }
    if (format != Format.COCO) {
      throw new UserError("--export: expected coco for suspects, found fiftyone");
    }
    CocoExport export = new CocoExport(out.resolve("coco"), compnn.palette());
    SuspectsReport.export(suspects, compnn.gallery(), compnn.palette(), export);
    return Optional.of(export.finish());
  }
}
