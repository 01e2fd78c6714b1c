package org.compnn.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.compnn.compose.Contribution;
import org.compnn.explain.Explanation;
import org.compnn.explain.Gallery;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.PictureSize;
import org.compnn.image.Raster;
import org.compnn.image.Resample;
import org.compnn.image.Resize;
import org.compnn.image.ValueMap;
import org.compnn.threads.Workers;
import org.compnn.viewer.Address;

/**
 * The exemplars that a report names, each once, those that give most first, with as many of their
 * pictures as a page of reasonable size can hold: those that the page shows at once as the network
 * saw them, the others at the size that it shows them at.
 */
final class CitedExemplars {
  private static final float QUALITY = 0.8f;
  private static final float SMALL_QUALITY = 0.65f;

  /** Exemplars that the page shows before anything is asked of it. */
  private static final int LARGE = 24;

  /** Rows or columns, whichever are more, of a picture that the page shows at once. */
  private static final int LONGEST = 512;

  /** The same of any other one. */
  private static final int LONGEST_OF_SMALL = 128;

  /** Exemplars embedded side by side before the budget is looked at again. */
  private static final int AT_ONCE = 16;

  /**
   * An exemplar.
   *
   * @param exemplar its index in the database
   * @param id its name in the data set
   * @param size of its input, if that is there
   * @param input the address that holds its input
   * @param original the address that holds its original label
   * @param self the address that holds the network's output on it
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Cited(
      int exemplar,
      String id,
      List<String> tags,
      Optional<PictureSize> size,
      Optional<String> input,
      Optional<String> original,
      Optional<String> self) {
    /** How many characters its pictures take. */
    private long length() {
      return Stream.of(input, original, self)
          .flatMap(Optional::stream)
          .mapToLong(String::length)
          .sum();
    }
  }

  private final List<Integer> ranked;
  private final Gallery gallery;
  private final Workers workers;

  /**
   * @param workers encode pictures
   */
  CitedExemplars(List<Explanation> explanations, Workers workers) {
    this.gallery = explanations.getFirst().gallery();
    this.workers = workers;
    Map<Integer, Double> shares = new HashMap<>();
    for (Explanation explanation : explanations) {
      for (int exemplar : explanation.field().exemplar()) {
        if (exemplar >= 0) {
          shares.putIfAbsent(exemplar, 0.0);
        }
      }
      for (Contribution contribution : explanation.contributions()) {
        shares.merge(contribution.exemplar(), contribution.share(), Double::sum);
      }
    }
    ranked = new ArrayList<>(shares.keySet());
    ranked.sort(
        (a, b) -> {
          int byShare = Double.compare(shares.getOrDefault(b, 0.0), shares.getOrDefault(a, 0.0));
          return byShare != 0 ? byShare : Integer.compare(a, b);
        });
  }

  /**
   * The list.
   *
   * @param budget how many characters the pictures may take together, about
   */
  List<Cited> within(long budget, Palette palette) {
    Cited[] all = ranked.stream().map(this::named).toArray(Cited[]::new);
    long left = budget;
    for (int from = 0; from < all.length && left > 0; from += AT_ONCE) {
      int first = from;
      int end = Math.min(all.length, from + AT_ONCE);
      workers.run(
          end - first,
          (number, _) -> {
            int at = first + number;
            all[at] = shown(all[at], palette, at < LARGE);
          });
      left -= length(all, first, end);
    }
    return List.of(all);
  }

  private static long length(Cited[] all, int first, int end) {
    return IntStream.range(first, end).mapToLong(i -> all[i].length()).sum();
  }

  private Cited named(int exemplar) {
    return new Cited(
        exemplar,
        gallery.id(exemplar),
        gallery.tags(exemplar),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private Cited shown(Cited bare, Palette palette, boolean large) {
    int exemplar = bare.exemplar();
    Raster input = gallery.input(exemplar);
    return new Cited(
        exemplar,
        bare.id(),
        bare.tags(),
        Optional.of(new PictureSize(input.height(), input.width())),
        address(input, palette, large),
        address(gallery.target(exemplar), palette, large),
        address(gallery.prediction(exemplar), palette, large));
  }

  private static Optional<String> address(Raster raster, Palette palette, boolean large) {
    return Optional.of(
        Address.small(
            reduced(raster, large ? LONGEST : LONGEST_OF_SMALL),
            palette,
            large ? QUALITY : SMALL_QUALITY));
  }

  private static Raster reduced(Raster raster, int longest) {
    int most = Math.max(raster.height(), raster.width());
    if (most <= longest) {
      return raster;
    }
    int height = Math.max(1, Math.round((float) raster.height() * longest / most));
    int width = Math.max(1, Math.round((float) raster.width() * longest / most));
    return switch (raster) {
      case Picture picture -> Resize.picture(picture, height, width, Resample.BILINEAR);
      case LabelMap labels -> Resize.labels(labels, height, width);
      case ValueMap values -> Resize.values(values, height, width);
    };
  }
}
