package org.compnn.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.image.PictureSize;
import org.compnn.image.Raster;
import org.compnn.image.StoredPicture;
import org.compnn.problem.UserError;

/** A pair of two files, or of one without a target. */
record FilePair(
    String id,
    List<String> tags,
    Path inputFile,
    Optional<Path> targetFile,
    TargetFormat format,
    LabelCoding coding)
    implements StoredLabels {
  FilePair {
    tags = List.copyOf(tags);
  }

  FilePair(
      String id,
      List<String> tags,
      Path inputFile,
      Optional<Path> targetFile,
      TargetFormat format) {
    this(id, tags, inputFile, targetFile, format, LabelCoding.EACH);
  }

  @Override
  public Optional<StoredPicture> stored() {
    return targetFile.map(PictureFile::stored);
  }

  @Override
  public FilePair with(LabelCoding value) {
    return new FilePair(id, tags, inputFile, targetFile, format, value);
  }

  @Override
  public PictureSize inputSize() {
    return PictureFile.size(inputFile);
  }

  @Override
  public Content read() {
    Picture picture = PictureFile.read(inputFile);
    Optional<Raster> target = targetFile.map(file -> TargetReader.read(file, format, coding));
    target.ifPresent(
        raster -> {
          if (!alike(raster, picture)) {
            throw new UserError(
                "%s: expected %d x %d pixels as in %s, or a whole multiple, found %d x %d; resize one of the two"
                    .formatted(
                        targetFile.orElseThrow(),
                        picture.width(),
                        picture.height(),
                        inputFile,
                        raster.width(),
                        raster.height()));
          }
        });
    return new Content(picture, target);
  }

  /** Of one size, or one of them as many times as large as the other along both axes. */
  private static boolean alike(Raster target, Picture picture) {
    return multiple(target, picture) || multiple(picture, target);
  }

  private static boolean multiple(Raster large, Raster small) {
    return large.height() % small.height() == 0
        && large.width() % small.width() == 0
        && large.height() / small.height() == large.width() / small.width();
  }
}
