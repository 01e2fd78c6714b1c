package org.compnn.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.compnn.image.PictureFile;
import org.compnn.image.PictureSize;
import org.compnn.measure.EvenSample;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;

/**
 * Pairs on disk, in a stable order.
 *
 * @param name the data set's name: that of its folder or file
 * @param pairs its pairs, in natural order of their ids (2 before 10) or as its list has them
 * @param skipped one line for each pair that was left out on opening
 * @param skipsBroken whether pairs that turn out broken when read are to be left out and counted
 * @param reading how it was understood
 */
public record Dataset(
    String name, List<Pair> pairs, List<String> skipped, boolean skipsBroken, Reading reading) {
  /** Pictures that are looked at for the size that most have. */
  private static final int SIZES = 64;

  public Dataset {
    pairs = List.copyOf(pairs);
    skipped = List.copyOf(skipped);
  }

  /** Pairs that a program made. */
  public Dataset(String name, List<Pair> pairs, List<String> skipped, boolean skipsBroken) {
    this(name, pairs, skipped, skipsBroken, Reading.UNTOLD);
  }

  /**
   * Opens a data set: finds its pairs. Of its label pictures some are read, to see how they mean
   * their numbers.
   *
   * @param path a folder, a list file or a CSV file
   * @throws UserError if nothing is there, the layout cannot be told, a picture has no twin, or two
   *     pairs have the same id
   */
  public static Dataset open(Path path, DatasetOptions options) {
    Dataset dataset = new Layouts(path, options).read();
    if (dataset.pairs().isEmpty()) {
      throw UserError.about(
          Knob.LAYOUT,
          "%s: expected pictures (%s), found none; check the path or the layout"
              .formatted(path, PictureFile.KINDS));
    }
    Set<String> ids = new HashSet<>();
    for (Pair pair : dataset.pairs()) {
      if (!ids.add(pair.id())) {
        throw new UserError(
            path
                + ": expected a different id for each pair, found '"
                + pair.id()
                + "' twice; rename one");
      }
    }
    return options.format() instanceof TargetFormat.Labels labels
        ? dataset.coded(path, labels)
        : dataset;
  }

  /** The same pairs, their labels read as all of them together mean it. */
  private Dataset coded(Path path, TargetFormat.Labels format) {
    List<StoredLabels> targets =
        pairs.stream()
            .filter(StoredLabels.class::isInstance)
            .map(StoredLabels.class::cast)
            .toList();
    LabelCoding coding = LabelCoding.of(targets, format);
    List<String> notes = new ArrayList<>();
    if (coding.mask()) {
      notes.add(
          "%s: masks hold 0 and 255 alone, so 255 is taken for class 1, '%s'"
              .formatted(path, format.palette().name(1)));
    }
    if (coding.grey() == LabelCoding.Grey.INDICES) {
      notes.add(
          path + ": label pictures in colour have three equal channels, taken for class indices");
    }
    List<Pair> coded =
        pairs.stream()
            .map(pair -> pair instanceof StoredLabels labels ? labels.with(coding) : pair)
            .toList();
    return new Dataset(name, coded, skipped, skipsBroken, reading.with(notes));
  }

  /**
   * The size that most inputs have, of some spread over the data set; the first of as frequent
   * ones.
   *
   * @return nothing if none can be read
   */
  public Optional<PictureSize> mostCommonSize() {
    Map<PictureSize, Integer> counts = new LinkedHashMap<>();
    for (Pair pair : EvenSample.of(pairs(), SIZES)) {
      try {
        counts.merge(pair.inputSize(), 1, Integer::sum);
      } catch (UserError e) {
        // A pair that cannot be read says so when it is wanted.
      }
    }
    return counts.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
  }
}
