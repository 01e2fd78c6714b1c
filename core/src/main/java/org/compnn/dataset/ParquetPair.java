package org.compnn.dataset;

import java.util.List;
import java.util.Optional;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.image.Raster;
import org.compnn.image.StoredPicture;
import org.compnn.problem.UserError;

/** A pair in a row of a Parquet file. */
record ParquetPair(
    String id,
    List<String> tags,
    ParquetRows rows,
    long row,
    String name,
    TargetFormat format,
    LabelCoding coding)
    implements StoredLabels {
  ParquetPair {
    tags = List.copyOf(tags);
  }

  ParquetPair(
      String id, List<String> tags, ParquetRows rows, long row, String name, TargetFormat format) {
    this(id, tags, rows, row, name, format, LabelCoding.EACH);
  }

  @Override
  public Optional<StoredPicture> stored() {
    return rows.row(row).target().map(bytes -> PictureFile.stored(bytes, name + ", target"));
  }

  @Override
  public Pair with(LabelCoding value) {
    return new ParquetPair(id, tags, rows, row, name, format, value);
  }

  @Override
  public Content read() {
    ParquetRows.Row read = rows.row(row);
    Picture picture = PictureFile.read(read.image(), name + ", image");
    Optional<Raster> target =
        read.target().map(bytes -> TargetReader.read(bytes, name + ", target", format, coding));
    target.ifPresent(
        raster -> {
          if (raster.height() != picture.height() || raster.width() != picture.width()) {
            throw new UserError(
                "%s: expected a target of %d x %d pixels as the image has, found %d x %d"
                    .formatted(
                        name, picture.width(), picture.height(), raster.width(), raster.height()));
          }
        });
    return new Content(picture, target);
  }

  @Override
  public Picture input() {
    return PictureFile.read(rows.row(row).image(), name + ", image");
  }
}
