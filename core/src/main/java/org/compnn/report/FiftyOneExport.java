package org.compnn.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.compnn.files.FileNames;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.viewer.ViewJson;

/**
 * Pictures and masks as FiftyOne imports them (its type {@code ImageSegmentationDirectory}): {@code
 * data/}, {@code labels/} with a grey PNG of the same name for each, and {@code mask_targets.json}.
 * FiftyOne hides 0, so 0 is unlabelled, and the grey of a class is its index and 1.
 *
 * @see <a href="https://docs.voxel51.com/user_guide/import_datasets.html">FiftyOne, importing</a>
 */
public final class FiftyOneExport implements LabelExport {
  private final ExportFiles files;
  private final Palette palette;
  private final FileNames names = new FileNames();

  /**
   * @param folder where it is written, made if it is missing
   */
  public FiftyOneExport(Path folder, Palette palette) {
    this(ExportFiles.in(folder), palette);
  }

  /** Written to any place. */
  public FiftyOneExport(ExportFiles files, Palette palette) {
    this.files = files;
    this.palette = palette;
  }

  @Override
  public void add(String id, Picture picture, LabelMap labels) throws IOException {
    String file = names.unique(id) + ".png";
    files.write("data/" + file, PictureFile.png(picture));
    byte[] shifted = new byte[labels.classes().length];
    for (int i = 0; i < shifted.length; i++) {
      // Unlabelled is 255, and so becomes 0.
      shifted[i] = (byte) (labels.classes()[i] + 1);
    }
    files.write(
        "labels/" + file, PictureFile.grey(new LabelMap(labels.height(), labels.width(), shifted)));
  }

  @Override
  public Path finish() throws IOException {
    Map<String, String> targets = new LinkedHashMap<>();
    for (int i = 0; i < palette.size(); i++) {
      targets.put(Integer.toString(i + 1), palette.name(i));
    }
    Path file =
        files.write(
            "mask_targets.json",
            (ViewJson.indented(targets) + "\n").getBytes(StandardCharsets.UTF_8));
    Path folder = file.getParent();
    return folder == null ? Path.of("") : folder;
  }
}
