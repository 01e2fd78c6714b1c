package org.compnn.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.compnn.image.Palette;
import org.compnn.image.PictureFile;
import org.compnn.image.Raster;
import org.compnn.npy.Npy;
import org.compnn.problem.UserError;
import org.compnn.search.Field;
import org.compnn.viewer.ExplanationView;
import org.compnn.viewer.RegionsView;
import org.compnn.viewer.ViewJson;

/**
 * Writes explanations to a folder: for each picture a folder with {@code output.png}, {@code
 * network.png}, {@code reconstruction.png}, {@code correspondences.png}, {@code other.png} (the
 * labels not chosen), {@code difference.png} (between both labels) and {@code truth.png} where
 * there are such, {@code correspondences.svg} (a figure), {@code regions.json} (the regions used,
 * in COCO's form), the figures and pictures of its sections, {@code field.npy} (int32, rows x
 * columns x 3: exemplar, row, column, or rows x columns x top-k x 3 where top-k is more than 1),
 * {@code distance.npy} (float32, rows x columns, or rows x columns x top-k) and {@code
 * explanation.json}; and one {@code report.html} for all of them.
 */
public final class ExplanationFolder {
  private ExplanationFolder() {}

  /**
   * Writes everything; files that are there already are replaced. Names of pictures that make no
   * safe name of a folder are changed, and told apart by a number. A picture's {@code
   * explanation.json} is written last, and the report after all: what was broken off has none.
   *
   * @param out the folder, made if it is missing
   * @param explanations one or more, of one database and one choice of labels
   * @param gallery the training pictures
   * @return the report
   * @throws UserError if the folder cannot be written
   */
  public static Path write(Path out, List<Explanation> explanations, Gallery gallery) {
    if (explanations.isEmpty()) {
      throw new IllegalArgumentException("there is no explanation to write");
    }
    FolderNames names = new FolderNames();
    List<String> folders = new ArrayList<>(explanations.size());
    try {
      Files.createDirectories(out);
      Path report = out.resolve("report.html");
      Files.deleteIfExists(report);
      List<Explanation> shown = new ArrayList<>(explanations.size());
      for (Explanation explanation : explanations) {
        String name = names.of(explanation.name());
        folders.add(name);
        Explanation whole =
            explanation.beginning(CorrespondenceFigure.section(explanation, gallery));
        shown.add(whole);
        write(Files.createDirectories(out.resolve(name)), whole, gallery);
      }
      whole(report, ReportPage.html(shown, folders, gallery).getBytes(StandardCharsets.UTF_8));
      return report;
    } catch (IOException e) {
      throw new UserError(
          out + ": cannot be written (" + e + "); is the disk full or the folder read-only?", e);
    }
  }

  /** What {@code explanation.json} says of an explanation. */
  public static ExplanationView json(Explanation explanation, Gallery gallery) {
    ExplanationView view = ExplanationView.of(explanation, gallery);
    for (Section section : explanation.sections()) {
      if (section.json().isPresent()) {
        view = view.with(section.key(), section.json().get());
      }
    }
    return view;
  }

  private static void write(Path folder, Explanation explanation, Gallery gallery)
      throws IOException {
    Palette palette = explanation.palette();
    Field field = explanation.field();
    Raster output = explanation.composition();
    Path summary = folder.resolve("explanation.json");
    Files.deleteIfExists(summary);
    PictureFile.write(folder.resolve("output.png"), output, palette);
    PictureFile.write(folder.resolve("network.png"), explanation.network(), palette);
    PictureFile.write(folder.resolve("reconstruction.png"), explanation.reconstruction(), palette);
    PictureFile.write(
        folder.resolve("correspondences.png"),
        explanation.correspondences().draw(field, output.height(), output.width()),
        palette);
    if (explanation.truth().isPresent()) {
      PictureFile.write(folder.resolve("truth.png"), explanation.truth().get(), palette);
    }
    if (explanation.other().isPresent()) {
      PictureFile.write(folder.resolve("other.png"), explanation.other().get(), palette);
    }
    if (explanation.difference().isPresent()) {
      PictureFile.write(folder.resolve("difference.png"), explanation.difference().get(), palette);
    }
    for (Section section : explanation.sections()) {
      Sheet.writeFigures(folder, section, palette);
    }
    Files.write(
        folder.resolve("regions.json"), ViewJson.bytes(RegionsView.of(explanation, gallery)));
    Npy.write(folder.resolve("field.npy"), shape(field, 3), matches(field));
    Npy.write(folder.resolve("distance.npy"), shape(field, 1), field.distance());
    whole(summary, ViewJson.indented(json(explanation, gallery)));
  }

  /** Writes a file aside and renames it, so that it is there whole or not at all. */
  static void whole(Path file, byte[] bytes) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + ".part");
    Files.write(aside, bytes);
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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
