package org.compnn.report;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.compnn.CompNN;
import org.compnn.compose.Mask;
import org.compnn.database.Database;
import org.compnn.database.Exemplar;
import org.compnn.database.OutputKind;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.LabelFolder;
import org.compnn.dataset.Pair;
import org.compnn.dataset.TargetFormat;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.PictureSize;
import org.compnn.image.Resize;
import org.compnn.network.Frame;
import org.compnn.problem.UserError;
import org.compnn.study.Review;

/**
 * The training pictures that a review is about: those of the data set at their own size where it is
 * at hand, else as the database has them.
 */
public final class ReviewedPictures {
  private final Database database;
  private final Palette palette;
  private final TargetFormat.Labels format;
  private final Map<String, Integer> exemplars;
  private final Map<String, Pair> pairs;

  private ReviewedPictures(CompNN compnn, List<Pair> pairs) {
    this.database = compnn.database();
    this.palette = compnn.palette();
    if (database.outputKind() != OutputKind.LABELS
        || !(TargetFormat.of(compnn.network().output()) instanceof TargetFormat.Labels labels)) {
      throw new UserError(
          database.folder() + ": expected a database of label maps to correct, found another");
    }
    this.format = new TargetFormat.Labels(palette, labels.ignored(), labels.reduced());
    this.exemplars =
        database.exemplars().stream().collect(Collectors.toMap(Exemplar::id, Exemplar::index));
    this.pairs = new LinkedHashMap<>();
    pairs.forEach(pair -> this.pairs.put(pair.id(), pair));
  }

  /**
   * A training picture with its labels.
   *
   * @param labels of the picture's size
   * @param placed brings a region of the network's output to the picture's pixels
   */
  record Shown(Picture picture, LabelMap labels, UnaryOperator<Mask> placed) {}

  /**
   * As the database has them.
   *
   * @throws UserError if it is none of label maps
   */
  public static ReviewedPictures of(CompNN compnn) {
    return new ReviewedPictures(compnn, List.of());
  }

  /**
   * As the data set has them that was indexed.
   *
   * @throws UserError if the database is none of label maps, or none of its pictures is there
   */
  public static ReviewedPictures of(CompNN compnn, Dataset dataset) {
    ReviewedPictures pictures = new ReviewedPictures(compnn, dataset.pairs());
    if (pictures.exemplars.keySet().stream().noneMatch(pictures.pairs::containsKey)) {
      throw new UserError(
          "%s: expected the pictures that %s was made of, such as '%s', found others, such as '%s'; name the data set that was indexed"
              .formatted(
                  dataset.name(),
                  compnn.database().folder(),
                  compnn.database().exemplars().getFirst().id(),
                  dataset.pairs().getFirst().id()));
    }
    return pictures;
  }

  Palette palette() {
    return palette;
  }

  /** Whether there is such a picture, with labels. */
  boolean has(String id) {
    Integer exemplar = exemplars.get(id);
    return exemplar != null
        && database.hasTarget(exemplar)
        && (pairs.isEmpty() || pairs.containsKey(id));
  }

  /**
   * Reads a picture.
   *
   * @param id of one that {@link #has}
   * @throws UserError if it cannot be read, or is another than the one that was indexed
   */
  Shown shown(String id) {
    int exemplar = exemplar(id);
    Pair pair = pairs.get(id);
    if (pair == null) {
      Picture picture = database.input(exemplar);
      return new Shown(
          picture,
          Resize.labels(target(exemplar), picture.height(), picture.width()),
          region -> region.at(picture.height(), picture.width()));
    }
    Pair.Content content = pair.read();
    Picture picture = content.input();
    LabelMap labels = labels(pair, content);
    PictureSize size = new PictureSize(picture.height(), picture.width());
    Frame frame = frame(exemplar, size);
    if (!frame.picture().equals(size)) {
      throw new UserError(
          "%s: expected %d x %d pixels as when it was indexed, found %d x %d; name the data set that was indexed"
              .formatted(
                  id,
                  frame.picture().width(),
                  frame.picture().height(),
                  picture.width(),
                  picture.height()));
    }
    return new Shown(
        picture,
        Resize.labels(labels, picture.height(), picture.width()),
        region -> placed(region, frame, picture.height(), picture.width()));
  }

  /**
   * Label pictures with the accepted regions relabelled, as PNGs by id. Those of a data set are
   * coded as its own are, and pixels that keep their label are as they were; those of a database
   * have the size of the picture and are unlabelled where the network saw nothing of it.
   */
  Map<String, byte[]> corrected(Review review, List<String> ids) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    Map<String, LabelMap> plain = new LinkedHashMap<>();
    for (String id : ids) {
      int exemplar = exemplar(id);
      Pair pair = pairs.get(id);
      if (pair == null) {
        LabelMap corrected = review.corrected(id, target(exemplar), palette);
        PictureSize size = new PictureSize(corrected.height(), corrected.width());
        plain.put(id, own(corrected, frame(exemplar, size)));
      } else {
        LabelMap before = labels(pair, pair.read());
        Frame frame = frame(exemplar, new PictureSize(before.height(), before.width()));
        LabelMap after =
            review.corrected(
                id,
                before,
                palette,
                region -> placed(region, frame, before.height(), before.width()));
        Optional<byte[]> png = pair.relabelled(after);
        png.ifPresent(bytes -> files.put(id, bytes));
        if (png.isEmpty()) {
          plain.put(id, after);
        }
      }
    }
    files.putAll(LabelFolder.pngs(plain, format));
    return files;
  }

  private int exemplar(String id) {
    return Optional.ofNullable(exemplars.get(id)).orElseThrow();
  }

  private LabelMap target(int exemplar) {
    return (LabelMap) database.target(exemplar);
  }

  private static LabelMap labels(Pair pair, Pair.Content content) {
    if (content.target().orElseThrow() instanceof LabelMap labels) {
      return labels;
    }
    throw new UserError(pair.id() + ": expected a label map, found a picture");
  }

  /** Where the picture lies in the input; older databases do not say, and fill theirs. */
  private Frame frame(int exemplar, PictureSize otherwise) {
    return database
        .frame(exemplar)
        .orElseGet(
            () -> {
              Picture input = database.input(exemplar);
              return Frame.whole(otherwise, new PictureSize(input.height(), input.width()));
            });
  }

  /** What a label map of the network's output says of each pixel of the picture itself. */
  private static LabelMap own(LabelMap output, Frame frame) {
    int height = frame.picture().height();
    int width = frame.picture().width();
    byte[] classes = new byte[Math.multiplyExact(height, width)];
    for (int i = 0; i < classes.length; i++) {
      Optional<Frame.Pixel> unit =
          frame.unit(new Frame.Pixel(i / width, i % width), output.height(), output.width());
      classes[i] =
          (byte)
              unit.map(at -> output.label(at.row(), at.column()))
                  .orElse(LabelMap.UNLABELLED)
                  .intValue();
    }
    return new LabelMap(height, width, classes);
  }

  /** A region of the network's output as pixels of a grid over the picture itself. */
  private static Mask placed(Mask region, Frame frame, int height, int width) {
    BitSet pixels = new BitSet(height * width);
    for (int row = 0; row < height; row++) {
      double y = frame.inputRow((row + 0.5) * frame.picture().height() / height);
      int regionRow = (int) Math.floor(y * region.height() / frame.input().height());
      for (int column = 0; column < width; column++) {
        double x = frame.inputColumn((column + 0.5) * frame.picture().width() / width);
        int regionColumn = (int) Math.floor(x * region.width() / frame.input().width());
        pixels.set(row * width + column, region.contains(regionRow, regionColumn));
      }
    }
    return new Mask(height, width, pixels);
  }
}
