package org.compnn.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.compnn.CompNN;
import org.compnn.compose.Mask;
import org.compnn.image.LabelMap;
import org.compnn.image.Raster;
import org.compnn.measure.ClassCounts;
import org.compnn.search.How;
import org.compnn.study.Judgement.Doubt;

/** One picture's judgement as it is made. */
final class Judging {
  /** Regions kept of a picture. */
  private static final int REGIONS = 12;

  /** This share of cells beyond the novel distance makes a picture unfamiliar. */
  private static final double UNLIKE = 0.25;

  /** An imitation that has less than this of a picture as the network has it explains little. */
  private static final double AGREES = 0.75;

  private final CompNN compnn;
  private final Matched matched;
  private final References references;
  private final Raster output;
  private final WrongPixels pixels;
  private final Votes votes;
  private final Blame.Cause[] causes;

  Judging(CompNN compnn, Matched matched, References references, Weigh weigh) {
    this.compnn = compnn;
    this.matched = matched;
    this.references = references;
    this.output = matched.output();
    this.pixels = WrongPixels.of(matched, compnn.palette());
    BitSet asked = (BitSet) pixels.wrong().clone();
    for (int pixel = 0; pixel < pixels.key().length; pixel++) {
      if (pixels.key()[pixel] != WrongRegions.NONE) {
        asked.set(pixel);
      }
    }
    this.votes =
        Votes.of(
            compnn, matched.field(), matched.traced(), output, asked, pixels.tolerance(), weigh);
    this.causes = new Blame.Cause[pixels.key().length];
    float novel = references.novelDistance();
    for (int pixel = asked.nextSetBit(0); pixel >= 0; pixel = asked.nextSetBit(pixel + 1)) {
      boolean far = votes.distance(pixel) > novel;
      causes[pixel] = far ? Blame.Cause.NOVEL : votes.cause(pixel);
    }
  }

  Judgement judgement() {
    BitSet agreeing = (BitSet) votes.agreeing().clone();
    agreeing.and(pixels.held());
    double agreement = (double) agreeing.cardinality() / Math.max(1, pixels.held().cardinality());
    List<Float> distances = new ArrayList<>();
    int far = 0;
    for (int cell = 0; cell < matched.field().rows() * matched.field().columns(); cell++) {
      float distance = matched.field().distance()[cell * matched.field().topK()];
      distances.add(distance);
      far += distance > references.novelDistance() ? 1 : 0;
    }
    List<Doubt> doubts = new ArrayList<>();
    if (recallIsLow()) {
      doubts.add(Doubt.RECALL);
    }
    if (far > UNLIKE * distances.size()) {
      doubts.add(Doubt.UNFAMILIAR);
    }
    if (agreement < AGREES) {
      doubts.add(Doubt.AGREEMENT);
    }
    return new Judgement(
        matched.id(),
        output.height(),
        output.width(),
        pixels.error(),
        agreement,
        percentile(distances),
        doubts,
        pixels.labelled().cardinality(),
        pixels.wrong().cardinality(),
        causes(pixels.wrong()),
        counts(),
        confusions(),
        matched.embedding(),
        new Mask(output.height(), output.width(), pixels.wrong()),
        WrongRegions.of(pixels.key(), output.height(), output.width(), REGIONS).stream()
            .map(this::region)
            .toList(),
        Charging.of(votes, pixels, references.novelDistance(), exemplars()));
  }

  private int exemplars() {
    return compnn.database().exemplars().size();
  }

  private boolean recallIsLow() {
    return matched.found().how() instanceof How.Lists lists
        && lists.promise().isPresent()
        && !lists.promise().get().kept();
  }

  /** The percentile of the middle one; distances are sorted. */
  private OptionalInt percentile(List<Float> distances) {
    distances.sort(Comparator.naturalOrder());
    return distances.isEmpty()
        ? OptionalInt.empty()
        : references.percentile(distances.get(distances.size() / 2));
  }

  private Map<Blame.Cause, Long> causes(BitSet among) {
    Map<Blame.Cause, Long> counts = new EnumMap<>(Blame.Cause.class);
    for (Blame.Cause cause : Blame.Cause.values()) {
      counts.put(cause, 0L);
    }
    for (int pixel = among.nextSetBit(0); pixel >= 0; pixel = among.nextSetBit(pixel + 1)) {
      counts.merge(cause(pixel), 1L, Long::sum);
    }
    return counts;
  }

  private Blame.Cause cause(int pixel) {
    return causes[pixel];
  }

  private Optional<ClassCounts> counts() {
    int classes = compnn.palette().size();
    if (matched.truth().isPresent()
        && matched.truth().get() instanceof LabelMap right
        && output instanceof LabelMap given
        && classes > 0) {
      return Optional.of(ClassCounts.of(right, given, classes));
    }
    return Optional.empty();
  }

  private List<Judgement.Confusion> confusions() {
    if (!(output instanceof LabelMap)) {
      return List.of();
    }
    Map<Integer, Map<Blame.Cause, Long>> byPair = new TreeMap<>();
    BitSet wrong = pixels.wrong();
    for (int pixel = wrong.nextSetBit(0); pixel >= 0; pixel = wrong.nextSetBit(pixel + 1)) {
      byPair
          .computeIfAbsent(pixels.key()[pixel], _ -> new EnumMap<>(Blame.Cause.class))
          .merge(cause(pixel), 1L, Long::sum);
    }
    List<Judgement.Confusion> confusions = new ArrayList<>();
    byPair.forEach(
        (pair, counts) -> confusions.add(new Judgement.Confusion(pair >> 8, pair & 0xff, counts)));
    confusions.sort(Comparator.comparingLong(Judgement.Confusion::pixels).reversed());
    return confusions;
  }

  private Judgement.Region region(WrongRegions.Part part) {
    BitSet mask = part.mask().pixels();
    Map<Blame.Cause, Long> counts = causes(mask);
    Blame.Cause cause =
        Arrays.stream(Blame.Cause.values())
            .max(
                Comparator.<Blame.Cause>comparingLong(each -> counts.getOrDefault(each, 0L))
                    .thenComparing(Comparator.reverseOrder()))
            .orElse(Blame.Cause.UNEXPLAINED);
    List<Float> distances = new ArrayList<>();
    mask.stream().forEach(pixel -> distances.add(votes.distance(pixel)));
    OptionalInt percentile = percentile(distances);
    BitSet agreeing = (BitSet) votes.agreeing().clone();
    agreeing.and(mask);
    List<Doubt> doubts = new ArrayList<>();
    if (recallIsLow()) {
      doubts.add(Doubt.RECALL);
    }
    if (distances.get(distances.size() / 2) > references.novelDistance()) {
      doubts.add(Doubt.UNFAMILIAR);
    }
    if (2 * agreeing.cardinality() < mask.cardinality()) {
      doubts.add(Doubt.AGREEMENT);
    }
    boolean labels = output instanceof LabelMap;
    Sources sources = Sources.of(votes, mask);
    return new Judgement.Region(
        part.mask(),
        labels ? part.key() >> 8 : Judgement.NO_CLASS,
        labels ? part.key() & 0xff : Judgement.NO_CLASS,
        cause,
        percentile,
        place(mask),
        doubts,
        sources.votes(),
        sources.ranked(compnn, output.height(), output.width()));
  }

  /** The mean of the places of its cells. */
  private float[] place(BitSet mask) {
    int cells = matched.field().rows() * matched.field().columns();
    int numbers = matched.places().length / cells;
    double[] sums = new double[numbers];
    for (int pixel = mask.nextSetBit(0); pixel >= 0; pixel = mask.nextSetBit(pixel + 1)) {
      int at = matched.traced().cell(pixel) * numbers;
      for (int i = 0; i < numbers; i++) {
        sums[i] += matched.places()[at + i];
      }
    }
    float[] place = new float[numbers];
    for (int i = 0; i < numbers; i++) {
      place[i] = (float) (sums[i] / mask.cardinality());
    }
    return place;
  }
}
