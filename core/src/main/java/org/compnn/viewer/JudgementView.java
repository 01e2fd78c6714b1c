package org.compnn.viewer;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.compnn.compose.Mask;
import org.compnn.compose.OutlinePath;
import org.compnn.image.Palette;
import org.compnn.measure.ClassCounts;
import org.compnn.study.Blame;
import org.compnn.study.Judgement;

/**
 * A judgement as pages are told of it.
 *
 * @param summary what a list of pictures needs
 * @param sentence the picture in words
 * @param regions its wrong regions, the largest first
 */
public record JudgementView(SummaryView summary, String sentence, List<RegionDetail> regions) {
  public JudgementView {
    regions = List.copyOf(regions);
  }

  /** The same at another place in its set, or with other tags. */
  public JudgementView at(int number, List<String> tags) {
    return new JudgementView(summary.at(number, tags), sentence, regions);
  }

  /**
   * A judgement in short. Pixels are those of the network's output; classes are indices.
   *
   * @param number the picture's place in its set
   * @param height rows of the network's output
   * @param width columns of it
   * @param error the share of wrong pixels, or the mean absolute difference, 0..1; null without a
   *     right output
   * @param agreement of the imitation with the network, 0..1
   * @param distance the median percentile of the cells' distances; null where that is not known yet
   * @param familiar whether it is like the training set
   * @param trusted whether causes and sources may be believed
   * @param doubts if not, why: recall, unfamiliar, agreement
   * @param provisional whether it was judged before the reference distances were known, and will be
   *     again: nothing is called novel or unfamiliar yet
   * @param pixels with a right output
   * @param wrong of these
   * @param causes wrong pixels by cause
   * @param confusions for each pair of classes the right one, the given one, pixels, and pixels by
   *     cause in the order of the causes
   * @param counts for each class hits, pixels wrongly given it, pixels of it that were missed
   * @param embedding along the principal axes of the training pictures
   */
  public record SummaryView(
      int number,
      String id,
      List<String> tags,
      int width,
      int height,
      Optional<Double> error,
      double agreement,
      Optional<Integer> distance,
      boolean familiar,
      boolean trusted,
      List<String> doubts,
      boolean provisional,
      long pixels,
      long wrong,
      Map<String, Long> causes,
      List<List<Object>> confusions,
      List<List<Long>> counts,
      List<Double> embedding,
      List<RegionView> regions) {
    SummaryView at(int place, List<String> its) {
      return new SummaryView(
          place,
          id,
          its,
          width,
          height,
          error,
          agreement,
          distance,
          familiar,
          trusted,
          doubts,
          provisional,
          pixels,
          wrong,
          causes,
          confusions,
          counts,
          embedding,
          regions);
    }
  }

  /**
   * A wrong region in short.
   *
   * @param number from 1, the largest first
   * @param box top, left, bottom, right; the last two are outside
   * @param truth the right class; null for networks without classes
   * @param given the network's
   */
  public record RegionView(
      int number,
      List<Integer> box,
      int pixels,
      Optional<Integer> truth,
      Optional<Integer> given,
      String cause,
      Optional<Integer> distance,
      List<Double> embedding) {}

  /**
   * A wrong region.
   *
   * @param outline an SVG path in pixels of the output
   * @param sentence the region in words
   * @param confidence high or low
   * @param whyLow recall, unfamiliar, agreement
   */
  public record RegionDetail(
      int number,
      List<Integer> box,
      int pixels,
      Optional<Integer> truth,
      Optional<Integer> given,
      String cause,
      Optional<Integer> distance,
      List<Double> embedding,
      String outline,
      String sentence,
      String confidence,
      List<String> whyLow,
      List<VoteView> votes,
      List<SourceView> sources) {}

  /** How many matches carry a class. */
  public record VoteView(int label, double share) {}

  /**
   * What a training picture gives of a region.
   *
   * @param label the original class there; null without one
   * @param self the class that the network gives there
   * @param box in pixels of the exemplar's output
   * @param outline an SVG path in these
   */
  public record SourceView(
      int exemplar,
      String id,
      double share,
      Optional<Integer> label,
      Optional<Integer> self,
      List<Integer> box,
      String outline) {}

  /**
   * A judgement for pages.
   *
   * @param number the picture's place in its set
   * @param tags the picture's
   * @param provisional whether it will be judged again
   */
  public static JudgementView of(
      Judgement judgement, int number, List<String> tags, boolean provisional, Palette palette) {
    List<RegionDetail> regions = new ArrayList<>();
    for (Judgement.Region region : judgement.regions()) {
      regions.add(region(region, regions.size() + 1, palette));
    }
    return new JudgementView(
        new SummaryView(
            number,
            judgement.id(),
            tags,
            judgement.width(),
            judgement.height(),
            judgement.error().isPresent()
                ? Optional.of(rounded(judgement.error().getAsDouble(), 1e6))
                : Optional.empty(),
            rounded(judgement.agreement(), 1e4),
            boxed(judgement.distance()),
            judgement.familiar(),
            judgement.trusted(),
            words(judgement.doubts()),
            provisional,
            judgement.labelled(),
            judgement.wrong(),
            causes(judgement.causes()),
            judgement.confusions().stream().map(JudgementView::confusion).toList(),
            judgement.counts().map(JudgementView::counts).orElse(List.of()),
            rounded(judgement.embedding()),
            regions.stream().map(JudgementView::brief).toList()),
        VerdictWords.of(judgement, palette),
        regions);
  }

  private static RegionView brief(RegionDetail region) {
    return new RegionView(
        region.number(),
        region.box(),
        region.pixels(),
        region.truth(),
        region.given(),
        region.cause(),
        region.distance(),
        region.embedding());
  }

  private static RegionDetail region(Judgement.Region region, int number, Palette palette) {
    return new RegionDetail(
        number,
        box(region.mask()),
        region.mask().count(),
        label(region.truth()),
        label(region.given()),
        word(region.cause()),
        boxed(region.distance()),
        rounded(region.embedding()),
        OutlinePath.of(region.mask()),
        VerdictWords.of(region, palette),
        region.doubts().isEmpty() ? "high" : "low",
        words(region.doubts()),
        region.votes().stream()
            .map(vote -> new VoteView(vote.label(), rounded(vote.share(), 1e4)))
            .toList(),
        region.sources().stream().map(JudgementView::source).toList());
  }

  private static SourceView source(Judgement.Source source) {
    return new SourceView(
        source.exemplar(),
        source.id(),
        rounded(source.share(), 1e4),
        label(source.label()),
        label(source.self()),
        box(source.mask()),
        OutlinePath.of(source.mask()));
  }

  private static List<Object> confusion(Judgement.Confusion confusion) {
    List<Long> byCause = new ArrayList<>();
    for (Blame.Cause cause : Blame.Cause.values()) {
      byCause.add(confusion.causes().getOrDefault(cause, 0L));
    }
    return List.of(confusion.truth(), confusion.given(), confusion.pixels(), byCause);
  }

  private static List<List<Long>> counts(ClassCounts counts) {
    List<List<Long>> rows = new ArrayList<>();
    for (int label = 0; label < counts.classes(); label++) {
      long hit = counts.hit(label);
      rows.add(List.of(hit, counts.answer(label) - hit, counts.reference(label) - hit));
    }
    return rows;
  }

  private static Map<String, Long> causes(Map<Blame.Cause, Long> causes) {
    Map<String, Long> named = new LinkedHashMap<>();
    new EnumMap<>(causes).forEach((cause, pixels) -> named.put(word(cause), pixels));
    return named;
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static List<String> words(List<Judgement.Doubt> doubts) {
    return doubts.stream().map(JudgementView::word).toList();
  }

  private static List<Integer> box(Mask mask) {
    Mask.Box box = mask.bounds();
    return List.of(box.top(), box.left(), box.bottom(), box.right());
  }

  private static Optional<Integer> label(int label) {
    return label == Judgement.NO_CLASS ? Optional.empty() : Optional.of(label);
  }

  private static Optional<Integer> boxed(OptionalInt number) {
    return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
  }

  private static List<Double> rounded(float[] numbers) {
    List<Double> rounded = new ArrayList<>();
    for (float number : numbers) {
      rounded.add(rounded(number, 1e3));
    }
    return rounded;
  }

  private static double rounded(double number, double steps) {
    return Math.round(number * steps) / steps;
  }
}
