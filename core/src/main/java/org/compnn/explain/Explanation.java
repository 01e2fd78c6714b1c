package org.compnn.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.compnn.compose.Contribution;
import org.compnn.compose.Traced;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.image.ValueMap;
import org.compnn.image.ValueScale;
import org.compnn.measure.Column;
import org.compnn.measure.Synthesis;
import org.compnn.measure.Tally;
import org.compnn.network.Frame;
import org.compnn.search.Field;
import org.compnn.search.FieldCheck;
import org.compnn.search.Found;
import org.compnn.search.How;

/**
 * One picture explained: what the network made of it, and from which training pixels the same can
 * be put together. Made by {@link Run#explain}.
 *
 * @param name the picture's name
 * @param settings how it was explained
 * @param palette names and colours of the classes; without classes for networks that paint; the
 *     range that all values are shown in, for those that give values
 * @param input the picture as the network saw it
 * @param network the network's own output
 * @param truth the right output at the network's size, if it is known
 * @param composition the output pasted from the chosen labels
 * @param other the output pasted from the labels not chosen, if the database has original labels
 * @param reconstruction the input pasted from training inputs
 * @param field which training cells every cell came from
 * @param how how the field was found
 * @param check how near the field comes to the exact one, if it is not that and was checked
 * @param contributions the exemplars that gave something, those that gave most first
 * @param agreements how network and compositions agree, with each other and with the truth
 * @param reconstructed how near the reconstruction is to the input
 * @param timings how long it took
 * @param gallery the training pictures that the field names, while the database is open
 * @param frame where the picture itself lies in the input; the rest is padding, has no matches and
 *     is not measured
 */
public record Explanation(
    String name,
    Settings settings,
    Palette palette,
    Picture input,
    Raster network,
    Optional<Raster> truth,
    Raster composition,
    Optional<Raster> other,
    Picture reconstruction,
    Field field,
    How how,
    Optional<FieldCheck> check,
    List<Contribution> contributions,
    List<Agreement> agreements,
    Synthesis reconstructed,
    Timings timings,
    Gallery gallery,
    Frame frame) {
  public Explanation {
    contributions = List.copyOf(contributions);
    agreements = List.copyOf(agreements);
  }

  /** What is told of these outputs: contributions and agreements are worked out of them. */
  public static Explanation of(
      String name,
      Settings settings,
      Palette palette,
      Picture input,
      Raster network,
      Optional<Raster> truth,
      Raster composition,
      Optional<Raster> other,
      Picture reconstruction,
      Found found,
      Optional<FieldCheck> check,
      Timings timings,
      Gallery gallery,
      Frame frame) {
    Frame.Region held = frame.held(network.height(), network.width());
    Frame.Region seen = frame.held(input.height(), input.width());
    return new Explanation(
        name,
        settings,
        shown(
            palette,
            Stream.of(Stream.of(network, composition), other.stream(), truth.stream())
                .flatMap(outputs -> outputs)),
        input,
        network,
        truth,
        composition,
        other,
        reconstruction,
        found.field(),
        found.how(),
        check,
        Contribution.rank(found.field()),
        Agreements.of(
            palette,
            held.cut(network),
            held.cut(composition),
            other.map(held::cut),
            truth.map(held::cut)),
        Synthesis.of((Picture) seen.cut(input), (Picture) seen.cut(reconstruction)),
        timings,
        gallery,
        frame);
  }

  /** The palette, with a range that holds all values. */
  private static Palette shown(Palette palette, Stream<? extends Raster> outputs) {
    List<ValueMap> values =
        outputs.filter(ValueMap.class::isInstance).map(ValueMap.class::cast).toList();
    return values.isEmpty() ? palette : palette.showing(ValueScale.of(values.stream()));
  }

  /** The same explanation, its values shown in another range. */
  public Explanation showing(ValueScale range) {
    return new Explanation(
        name,
        settings,
        palette.showing(range),
        input,
        network,
        truth,
        composition,
        other,
        reconstruction,
        field,
        how,
        check,
        contributions,
        agreements,
        reconstructed,
        timings,
        gallery,
        frame);
  }

  /**
   * The training pixels that a pixel of the composition may be cut from, the nearest first: where
   * patches do not overlap it was cut from the first.
   *
   * @param row of the output, from 0
   * @param column of the output, from 0
   * @return at most top-k sources; none where nothing was allowed to match
   * @throws IndexOutOfBoundsException beyond the output
   */
  public List<Source> at(int row, int column) {
    int width = network.width();
    if (row < 0 || row >= network.height() || column < 0 || column >= width) {
      throw new IndexOutOfBoundsException(
          "row %d, column %d of an output of %d x %d"
              .formatted(row, column, network.height(), width));
    }
    Traced traced = new Traced(field, settings.layer(), network.height(), width);
    int pixel = row * width + column;
    int match = traced.cell(pixel) * field.topK();
    List<Source> sources = new ArrayList<>();
    for (int k = 0; k < field.topK(); k++) {
      int source = traced.source(pixel, k);
      if (source >= 0) {
        sources.add(
            new Source(
                field.exemplar()[match + k],
                source / width,
                source % width,
                field.distance()[match + k]));
      }
    }
    return sources;
  }

  /** How the composition agrees with the network. */
  public Agreement agreement() {
    return agreements.getFirst();
  }

  /** What the metrics of {@link #agreements} are. */
  public List<Column> metrics() {
    return Tally.of(network, classes()).columns();
  }

  /** The palette's names, and one for every class beyond that an output holds. */
  public List<String> classes() {
    return Agreements.classes(
        palette,
        Stream.concat(
            Stream.of(network, composition), Stream.concat(other.stream(), truth.stream())));
  }
}
