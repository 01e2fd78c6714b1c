package org.compnn.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.compnn.compose.Mask;
import org.compnn.compose.OutlinePath;
import org.compnn.files.FileNames;
import org.compnn.image.LabelMap;
import org.compnn.study.Decision;
import org.compnn.study.Review;

/** What a review decided, written for other programs and for our own. */
public final class ReviewExport {
  private final Review review;
  private final ReviewedPictures pictures;

  private ReviewExport(Review review, ReviewedPictures pictures) {
    this.review = review;
    this.pictures = pictures;
  }

  /** What is written. */
  public enum Format {
    /** Label pictures of the pictures with accepted regions: {@code <id>.png}. */
    CORRECTED,
    /** The accepted regions as COCO: {@code labels.json} and {@code data/}. */
    COCO,
    /** All decisions that stand, one a line: {@code regions.csv}. */
    CSV,
    /** The accepted regions for Label Studio: {@code tasks.json}, {@code config.xml}, pictures. */
    LABEL_STUDIO,
    /** The accepted regions for CVAT: {@code annotations.xml} and {@code images/}. */
    CVAT,
    /** The corrected pictures as FiftyOne imports masks. */
    FIFTYONE,
    /** The ids of excluded pictures, one a line: {@code without.txt}. */
    WITHOUT;

    /** As a command line has it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it is one file, whatever was decided. */
    public boolean isOneFile() {
      return this == CSV || this == WITHOUT;
    }
  }

  /** An export of what stands now. */
  public static ReviewExport of(Review review, ReviewedPictures pictures) {
    return new ReviewExport(review, pictures);
  }

  /**
   * What is left out of exports, a line each: decisions about pictures that are not there, or about
   * other sets.
   */
  public List<String> leftOut() {
    Set<String> missing = new LinkedHashSet<>();
    int others = 0;
    for (Decision decision : review.standing()) {
      if (!decision.set().equals(Decision.TRAINING)) {
        others++;
      } else if (!pictures.has(decision.picture())) {
        missing.add(decision.picture());
      }
    }
    List<String> lines = new ArrayList<>();
    if (!missing.isEmpty()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s: left out %d pictures that are not there or have no labels, such as '%s'",
              review.file(),
              missing.size(),
              missing.iterator().next()));
    }
    if (others > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s: left out %d decisions about other pictures than training pictures",
              review.file(),
              others));
    }
    return lines;
  }

  /**
   * Writes one format.
   *
   * @return how many things were written: pictures with labels or regions, decisions, or ids
   * @throws org.compnn.problem.UserError if a picture cannot be read, or a decision names a class
   *     that there is not
   */
  public int write(Format format, ExportFiles files) throws IOException {
    return switch (format) {
      case CORRECTED -> corrected(files);
      case COCO -> coco(files);
      case CSV -> csv(files);
      case LABEL_STUDIO -> labelStudio(files);
      case CVAT -> cvat(files);
      case FIFTYONE -> fiftyOne(files);
      case WITHOUT -> without(files);
    };
  }

  private List<String> toCorrect() {
    return review.toCorrect().stream().filter(pictures::has).toList();
  }

  private List<LabelledRegion> regions(String id, ReviewedPictures.Shown shown) {
    return review.standing(Decision.Verdict.ACCEPT).stream()
        .filter(decision -> decision.picture().equals(id))
        .map(
            decision ->
                new LabelledRegion(
                    review.classOf(decision.label().orElseThrow(), pictures.palette()),
                    decision.given(),
                    shown.placed().apply(decision.region().orElseThrow())))
        .filter(region -> !region.mask().pixels().isEmpty())
        .toList();
  }

  private int corrected(ExportFiles files) throws IOException {
    List<String> ids = toCorrect();
    for (Map.Entry<String, byte[]> file : pictures.corrected(review, ids).entrySet()) {
      files.write(name(file.getKey()) + ".png", file.getValue());
    }
    return ids.size();
  }

  /** An id as a path whose parts are safe names; those of most data sets are. */
  public static String name(String id) {
    StringBuilder name = new StringBuilder();
    for (String part : id.split("/", -1)) {
      name.append(name.isEmpty() ? "" : "/").append(FileNames.safe(part));
    }
    return name.toString();
  }

  private int coco(ExportFiles files) throws IOException {
    CocoExport export = new CocoExport(files, pictures.palette());
    List<String> ids = toCorrect();
    for (String id : ids) {
      ReviewedPictures.Shown shown = pictures.shown(id);
      int image = export.image(id, shown.picture());
      for (LabelledRegion region : regions(id, shown)) {
        export.region(
            image,
            region.label(),
            region.mask(),
            region.given().map(given -> new CocoExport.Suspicion(OptionalDouble.empty(), given)));
      }
    }
    export.finish();
    return ids.size();
  }

  private int labelStudio(ExportFiles files) throws IOException {
    LabelStudioExport export = new LabelStudioExport(files, pictures.palette());
    List<String> ids = toCorrect();
    for (String id : ids) {
      ReviewedPictures.Shown shown = pictures.shown(id);
      export.add(id, shown.picture(), regions(id, shown));
    }
    export.finish();
    return ids.size();
  }

  private int cvat(ExportFiles files) throws IOException {
    CvatExport export = new CvatExport(files, pictures.palette());
    List<String> ids = toCorrect();
    for (String id : ids) {
      ReviewedPictures.Shown shown = pictures.shown(id);
      export.add(id, shown.picture(), regions(id, shown));
    }
    export.finish();
    return ids.size();
  }

  private int fiftyOne(ExportFiles files) throws IOException {
    FiftyOneExport export = new FiftyOneExport(files, pictures.palette());
    List<String> ids = toCorrect();
    for (String id : ids) {
      ReviewedPictures.Shown shown = pictures.shown(id);
      LabelMap labels = review.corrected(id, shown.labels(), pictures.palette(), shown.placed());
      export.add(id, shown.picture(), labels);
    }
    export.finish();
    return ids.size();
  }

  private int csv(ExportFiles files) throws IOException {
    StringBuilder csv = new StringBuilder();
    Csv.line(
        csv,
        List.of(
            "set",
            "picture",
            "decision",
            "given",
            "suggested",
            "label",
            "pixels",
            "top",
            "left",
            "bottom",
            "right",
            "by",
            "at",
            "source",
            "outline"));
    List<Decision> standing = review.standing();
    for (Decision decision : standing) {
      Optional<Mask> region = decision.region();
      Optional<Mask.Box> box = region.map(Mask::bounds);
      Csv.line(
          csv,
          List.of(
              decision.set(),
              decision.picture(),
              decision.decision().word(),
              decision.given().orElse(""),
              decision.suggested().orElse(""),
              decision.label().orElse(""),
              region.map(mask -> Integer.toString(mask.count())).orElse(""),
              box.map(b -> Integer.toString(b.top())).orElse(""),
              box.map(b -> Integer.toString(b.left())).orElse(""),
              box.map(b -> Integer.toString(b.bottom())).orElse(""),
              box.map(b -> Integer.toString(b.right())).orElse(""),
              decision.by(),
              decision.at().toString(),
              decision.source(),
              region.map(OutlinePath::of).orElse("")));
    }
    files.write("regions.csv", csv.toString().getBytes(StandardCharsets.UTF_8));
    return standing.size();
  }

  private int without(ExportFiles files) throws IOException {
    List<String> ids = review.excluded().stream().filter(pictures::has).toList();
    StringBuilder list = new StringBuilder();
    ids.forEach(id -> list.append(id).append('\n'));
    files.write("without.txt", list.toString().getBytes(StandardCharsets.UTF_8));
    return ids.size();
  }
}
