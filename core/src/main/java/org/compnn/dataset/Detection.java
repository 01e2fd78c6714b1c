package org.compnn.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.compnn.image.PictureFile;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;

/** Tells from the names of files and folders how a data set lies. */
final class Detection {
  private Detection() {}

  /**
   * The layout of what lies at a path.
   *
   * @param directed whether it was said which picture of a pair is the input
   * @throws UserError if it could be several, and only a person can tell
   */
  static DatasetLayout of(Path path, boolean directed) {
    return Files.isRegularFile(path) ? ofFile(path) : ofFolder(path, directed);
  }

  private static DatasetLayout ofFile(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".csv")) {
      return DatasetLayout.CSV;
    }
    if (PictureTree.isPicture(file)) {
      throw new UserError(file + ": expected a data set, found a single picture; give its folder");
    }
    return DatasetLayout.LIST;
  }

  private static DatasetLayout ofFolder(Path folder, boolean directed) {
    if (Files.isDirectory(folder.resolve("leftImg8bit"))
        && Files.isDirectory(folder.resolve("gtFine"))) {
      return DatasetLayout.CITYSCAPES;
    }
    if (!PairedFolders.at(folder).isEmpty()) {
      return DatasetLayout.PAIRED;
    }
    if (directed) {
      return DatasetLayout.SIDE_BY_SIDE;
    }
    List<Path> pictures = PictureTree.files(folder, 1);
    if (!pictures.isEmpty()) {
      var first = PictureFile.read(pictures.getFirst());
      if (first.width() == 2 * first.height()) {
        throw UserError.about(
                Knob.DIRECTION,
                folder
                    + ": pictures twice as wide as high look like side-by-side pairs; choose which"
                    + " half is the input, AtoB (left) or BtoA (right), or that the layout is"
                    + " inputs if they are none")
            .and(Knob.LAYOUT);
      }
    }
    return DatasetLayout.INPUTS;
  }
}
