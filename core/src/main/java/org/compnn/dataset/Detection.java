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
    if (name.endsWith(".json")) {
      if (CocoFolder.isAt(file)) {
        return DatasetLayout.COCO;
      }
      throw new UserError(
          file
              + ": expected annotations as COCO has them, found other JSON; give the data's"
              + " folder");
    }
    if (ParquetFolder.isAt(file)) {
      return DatasetLayout.PARQUET;
    }
    return YoloFolder.isAt(file) ? DatasetLayout.YOLO : DatasetLayout.LIST;
  }

  private static DatasetLayout ofFolder(Path folder, boolean directed) {
    if (Files.isDirectory(folder.resolve("leftImg8bit"))
        && Files.isDirectory(folder.resolve("gtFine"))) {
      return DatasetLayout.CITYSCAPES;
    }
    if (ParquetFolder.isAt(folder)) {
      return DatasetLayout.PARQUET;
    }
    if (NnUnetFolder.isAt(folder)) {
      return DatasetLayout.NNUNET;
    }
    if (VocFolder.isAt(folder)) {
      return DatasetLayout.VOC;
    }
    if (AdeFolder.isAt(folder)) {
      return DatasetLayout.ADE20K;
    }
    if (YoloFolder.isAt(folder)) {
      return DatasetLayout.YOLO;
    }
    List<PairedFolders> paired = PairedFolders.at(folder);
    boolean filled = paired.stream().anyMatch(each -> PairedFolders.hasPictures(each.targets()));
    if (CocoFolder.isAt(folder)) {
      checkAlone(folder, paired, filled);
      return DatasetLayout.COCO;
    }
    if (!filled && LabelMeFolder.isAt(folder)) {
      return DatasetLayout.LABELME;
    }
    if (!paired.isEmpty()) {
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

  /** Annotations and label pictures may both be there, and need not say the same. */
  private static void checkAlone(Path folder, List<PairedFolders> paired, boolean filled) {
    if (filled
        && paired.stream()
            .noneMatch(p -> p.targets().getFileName().toString().startsWith("annotation"))) {
      throw UserError.about(
          Knob.LAYOUT,
          "%s: expected label pictures or COCO annotations, found both (%s/ and a .json file); choose the layout paired or coco"
              .formatted(folder, paired.getFirst().targets().getFileName()));
    }
  }
}
