package org.compnn.measure;

import java.util.List;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.image.ValueMap;

/** Metrics of one kind of answer, taken picture by picture. Not safe for use by many threads. */
public sealed interface Tally permits SegmentationTally, SynthesisTally, RegressionTally {
  /**
   * An empty tally for answers of the kind of {@code example}.
   *
   * @param classes names of the classes of a label map; not looked at for others
   */
  static Tally of(Raster example, List<String> classes) {
    return switch (example) {
      case LabelMap _ -> new SegmentationTally(classes);
      case Picture _ -> new SynthesisTally();
      case ValueMap _ -> new RegressionTally();
    };
  }

  /**
   * Measures a picture.
   *
   * @param picture its name
   * @param reference the truth, or the output of the network that is to be agreed with
   * @param answer what is measured, of the same size and kind
   * @throws IllegalArgumentException if size or kind differ
   */
  void add(String picture, Raster reference, Raster answer);

  /** What is measured. */
  List<Column> columns();

  /** The metrics over all pictures in the order of the columns, with 95 % intervals. */
  List<Estimate> estimates();

  /** The metrics of every picture, in the order in which they came. */
  List<PictureScore> perPicture();
}
