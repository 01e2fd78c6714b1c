package org.compnn.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.compnn.compose.CorrespondenceMap;
import org.compnn.explain.Explanation;
import org.compnn.files.FileNames;
import org.compnn.files.WholeFile;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.image.Raster;
import org.compnn.image.ValueFile;
import org.compnn.image.ValueMap;
import org.compnn.image.ValueScale;
import org.compnn.network.Frame;
import org.compnn.npy.Npy;
import org.compnn.problem.UserError;
import org.compnn.search.Field;
import org.compnn.threads.Workers;
import org.compnn.viewer.ExplanationView;
import org.compnn.viewer.RegionsView;
import org.compnn.viewer.ViewJson;

/**
 * Explanations as files: for each picture a folder with {@code output.png}, {@code network.png},
 * {@code reconstruction.png}, {@code correspondences.png}, {@code other.png} (the labels not
 * chosen; values also as {@code .npy}), {@code difference.png} (between both labels) and {@code
 * truth.png} where there are such, {@code correspondences.svg} (a figure), {@code regions.json}
 * (the regions used, in COCO's form), the figures and pictures of its sections, {@code field.npy}
 * (int32, rows x columns x 3: exemplar, row, column, or rows x columns x top-k x 3 where top-k is
 * more than 1), {@code distance.npy} (float32, rows x columns, or rows x columns x top-k) and
 * {@code explanation.json}; and one {@code report.html} for all of them. Where the network saw a
 * picture with padding around it, the PNGs show it without.
 */
public final class Report {
  private final List<Chapter> chapters;

  private Report(List<Chapter> chapters) {
    if (chapters.isEmpty()) {
      throw new IllegalArgumentException("there is no explanation to report");
    }
    this.chapters = comparable(chapters);
  }

  /** Values of all pictures in one range. */
  private static List<Chapter> comparable(List<Chapter> chapters) {
    Optional<ValueScale> range = CommonRange.of(chapters.stream().map(Chapter::why).toList());
    return range.isEmpty()
        ? List.copyOf(chapters)
        : chapters.stream()
            .map(chapter -> new Chapter(chapter.why().showing(range.get()), chapter.sections()))
            .toList();
  }

  /** A report of one explanation. */
  public static Report of(Explanation why) {
    return of(List.of(Chapter.of(why)));
  }

  /**
   * A report of several explanations.
   *
   * @param chapters one or more, of one database and one choice of labels
   */
  public static Report of(List<Chapter> chapters) {
    return new Report(chapters);
  }

  /**
   * Writes everything; files that are there already are replaced. Names of pictures that make no
   * safe name of a folder are changed, and told apart by a number. A picture's {@code
   * explanation.json} is written last, and the report after all: what was broken off has none.
   *
   * @param out the folder, made if it is missing
   * @return the report
   * @throws UserError if the folder cannot be written
   */
  public Path write(Path out) {
    FileNames names = new FileNames("report.html");
    List<String> folders = new ArrayList<>(chapters.size());
    List<Chapter> shown = new ArrayList<>(chapters.size());
    Drawings drawings = new Drawings();
    try (Workers workers = Workers.ofMachine()) {
      Files.createDirectories(out);
      Path report = out.resolve("report.html");
      Files.deleteIfExists(report);
      for (Chapter chapter : chapters) {
        folders.add(names.unique(chapter.why().name(), "picture"));
        shown.add(chapter.beginning(CorrespondenceFigure.section(chapter.why())));
      }
      List<String> page =
          workers.map(
              chapters.size() + 1,
              number ->
                  number == 0
                      ? ReportPage.html(shown, folders, drawings, workers)
                      : written(out, folders.get(number - 1), shown.get(number - 1), drawings));
      WholeFile.write(report, page.getFirst());
      return report;
    } catch (IOException e) {
      throw unwritable(out, e);
    }
  }

  private static UserError unwritable(Path out, IOException e) {
    return new UserError(
        out + ": cannot be written (" + e + "); is the disk full or the folder read-only?", e);
  }

  /** Writes a picture's files; returns its folder's name. */
  private static String written(Path out, String name, Chapter chapter, Drawings drawings) {
    try {
      write(Files.createDirectories(out.resolve(name)), chapter, drawings);
      return name;
    } catch (IOException e) {
      throw unwritable(out, e);
    }
  }

  private static void write(Path folder, Chapter chapter, Drawings drawings) throws IOException {
    Explanation why = chapter.why();
    Palette palette = why.palette();
    Field field = why.field();
    Raster output = why.composition();
    Frame.Region held = why.frame().held(output.height(), output.width());
    Picture seen = why.reconstruction();
    Path summary = folder.resolve("explanation.json");
    Files.deleteIfExists(summary);
    writeOutput(folder, "output", held.cut(output), palette);
    writeOutput(folder, "network", held.cut(why.network()), palette);
    PictureFile.write(
        folder.resolve("reconstruction.png"),
        why.frame().held(seen.height(), seen.width()).cut(seen),
        palette);
    PictureFile.write(
        folder.resolve("correspondences.png"),
        held.cut(
            CorrespondenceMap.of(why.contributions()).draw(field, output.height(), output.width())),
        palette);
    if (why.truth().isPresent()) {
      writeOutput(folder, "truth", held.cut(why.truth().get()), palette);
    }
    if (why.other().isPresent()) {
      Raster other = why.other().get();
      writeOutput(folder, "other", held.cut(other), palette);
      PictureFile.write(
          folder.resolve("difference.png"),
          held.cut(DifferenceMap.of(output, other, palette)),
          palette);
    }
    for (Section section : chapter.sections()) {
      Sheet.writeFigures(folder, section, palette, drawings);
    }
    Files.write(folder.resolve("regions.json"), ViewJson.bytes(RegionsView.of(why)));
    Npy.write(folder.resolve("field.npy"), shape(field, 3), matches(field));
    Npy.write(folder.resolve("distance.npy"), shape(field, 1), field.distance());
    ExplanationView view = ExplanationView.of(why);
    for (Section section : chapter.sections()) {
      if (section.json().isPresent()) {
        view = view.with(section.key(), section.json().get());
      }
    }
    WholeFile.write(summary, ViewJson.indented(view));
  }

  /** A PNG, and where it shows values also these. */
  private static void writeOutput(Path folder, String name, Raster output, Palette palette)
      throws IOException {
    PictureFile.write(folder.resolve(name + ".png"), output, palette);
    if (output instanceof ValueMap values) {
      Files.write(folder.resolve(name + ".npy"), ValueFile.npy(values));
    }
  }

  /** Exemplar, row and column of every match, together. */
  private static int[] matches(Field field) {
    int count = field.exemplar().length;
    int[] matches = new int[Math.multiplyExact(count, 3)];
    for (int i = 0; i < count; i++) {
      matches[3 * i] = field.exemplar()[i];
      matches[3 * i + 1] = field.row()[i];
      matches[3 * i + 2] = field.column()[i];
    }
    return matches;
  }

  private static int[] shape(Field field, int last) {
    List<Integer> axes = new ArrayList<>(List.of(field.rows(), field.columns()));
    if (field.topK() > 1) {
      axes.add(field.topK());
    }
    if (last > 1) {
      axes.add(last);
    }
    return axes.stream().mapToInt(Integer::intValue).toArray();
  }
}
