package org.compnn.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.compnn.compose.Contribution;
import org.compnn.compose.Labels;
import org.compnn.explain.Explanation;
import org.compnn.explain.Gallery;
import org.compnn.image.Palette;
import org.compnn.image.PictureSize;
import org.compnn.image.Raster;
import org.compnn.threads.Workers;
import org.compnn.viewer.Address;

/**
 * The exemplars that a report names, each once, those that give most first, with as many of their
 * pictures as a page of reasonable size can hold: first inputs with the labels that were pasted,
 * then the other labels.
 */
final class CitedExemplars {
  private static final float QUALITY = 0.8f;

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
   * @param chosen the labels that were pasted
   * @param budget how many characters the pictures may take together, about
   */
  List<Cited> within(long budget, Labels chosen, Palette palette) {
    Cited[] all = ranked.stream().map(this::named).toArray(Cited[]::new);
    long left = spend(budget, all, each -> withLabels(withInput(each, palette), chosen, palette));
    Labels unchosen = chosen == Labels.SELF ? Labels.ORIGINAL : Labels.SELF;
    spend(left, all, each -> withLabels(each, unchosen, palette));
    return List.of(all);
  }

  /** Embeds for one exemplar after the other until nothing is left; returns what is left. */
  private long spend(long budget, Cited[] all, UnaryOperator<Cited> embedding) {
    long left = budget;
    for (int from = 0; from < all.length && left > 0; from += AT_ONCE) {
      int first = from;
      int end = Math.min(all.length, from + AT_ONCE);
      long before = length(all, first, end);
      workers.run(
          end - first, (number, _) -> all[first + number] = embedding.apply(all[first + number]));
      left -= length(all, first, end) - before;
    }
    return left;
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

  private Cited withInput(Cited bare, Palette palette) {
    Raster input = gallery.input(bare.exemplar());
    return new Cited(
        bare.exemplar(),
        bare.id(),
        bare.tags(),
        Optional.of(new PictureSize(input.height(), input.width())),
        address(input, palette),
        bare.original(),
        bare.self());
  }

  private Cited withLabels(Cited bare, Labels labels, Palette palette) {
    boolean self = labels == Labels.SELF;
    Raster raster = self ? gallery.prediction(bare.exemplar()) : gallery.target(bare.exemplar());
    Optional<String> address = address(raster, palette);
    return new Cited(
        bare.exemplar(),
        bare.id(),
        bare.tags(),
        bare.size(),
        bare.input(),
        self ? bare.original() : address,
        self ? address : bare.self());
  }

  private static Optional<String> address(Raster raster, Palette palette) {
    return Optional.of(Address.small(raster, palette, QUALITY));
  }
}
