package org.compnn.dataset;

import java.util.List;
import java.util.Optional;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.PictureSize;
import org.compnn.image.Raster;
import org.compnn.network.Sample;

/** An input and its target, read from disk when asked for. */
public interface Pair {
  /** Its name, unique within its data set. */
  String id();

  /** Its tags, as key=value or a bare word. */
  List<String> tags();

  /**
   * Reads both pictures; both have the same size.
   *
   * @throws org.compnn.problem.UserError if a file is missing, broken, or of another size or kind
   *     than the format says
   */
  Content read();

  /** Reads the input; {@link #read} gives both at once for less. */
  default Picture input() {
    return read().input();
  }

  /** Reads the target; {@link #read} gives both at once for less. */
  default Optional<Raster> target() {
    return read().target();
  }

  /**
   * Its label picture with other labels, as a PNG that its data set reads as those: of what is
   * stored only the pixels change whose label does.
   *
   * @param labels of the size of its target
   * @return nothing where its labels are no picture of their own
   * @throws org.compnn.problem.UserError as {@link #read}
   */
  default Optional<byte[]> relabelled(LabelMap labels) {
    return Optional.empty();
  }

  /** Rows and columns of the input, for less than reading it where that is possible. */
  default PictureSize inputSize() {
    Picture input = input();
    return new PictureSize(input.height(), input.width());
  }

  /**
   * What a pair holds.
   *
   * @param sample what the network is given
   * @param target what the network should make of it, where the data set says so
   */
  record Content(Sample sample, Optional<Raster> target) {
    /** Of a picture alone. */
    public Content(Picture input, Optional<Raster> target) {
      this(Sample.of(input), target);
    }

    /** The picture that is shown and pasted. */
    public Picture input() {
      return sample.picture();
    }
  }
}
