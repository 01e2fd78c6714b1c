package org.compnn.demo;

import java.util.List;
import java.util.Locale;
import org.compnn.CompNN;
import org.compnn.compose.OutlinePath;
import org.compnn.image.Raster;
import org.compnn.study.Judgement;

/**
 * The case as the page's script reads it; pictures are addresses that hold them.
 *
 * @param style of the building
 * @param photo of the building
 * @param answers what was said of it
 * @param outline of the wrong region, an SVG path in pixels
 * @param given the class that the network says there
 * @param truth the class that is right
 * @param cause why it is wrong
 * @param distance the percentile of its distance among training cells
 * @param carrying how many of five matches carry the given class
 * @param sources the training buildings behind it
 * @param mislabelled how many training buildings are labelled so
 * @param windows pixels of windows in the building
 */
record CaseView(
    String style,
    String photo,
    Answers answers,
    String outline,
    int given,
    int truth,
    String cause,
    int distance,
    double carrying,
    List<SourceView> sources,
    int mislabelled,
    long windows) {
  private static final int SOURCES = 4;

  /** What was said of the building. */
  record Answers(Answer network, Answer pasted, Answer corrected, Answer retrained) {}

  /**
   * An answer.
   *
   * @param doors pixels of windows that it calls doors
   */
  record Answer(String picture, long doors) {}

  /**
   * A training building behind the region.
   *
   * @param share of the region's matches
   * @param label the class that these carry
   * @param labels as somebody labelled it
   * @param right as it should be labelled
   * @param outline of the matches, an SVG path in pixels
   */
  record SourceView(
      String id,
      double share,
      int label,
      String photo,
      String labels,
      String right,
      String outline) {}

  static CaseView of(Case found, CompNN compnn) {
    Judgement.Region region = found.region();
    return new CaseView(
        found.building().style().label(),
        Pictures.address(found.building().photo()),
        new Answers(
            answer(found, found.network()),
            answer(found, found.pasted()),
            answer(found, found.corrected()),
            answer(found, found.retrained())),
        OutlinePath.of(region.mask()),
        region.given(),
        region.truth(),
        region.cause().name().toLowerCase(Locale.ROOT),
        region.distance().orElse(0),
        region.votes().stream()
            .filter(vote -> vote.label() == region.given())
            .mapToDouble(Judgement.Vote::share)
            .sum(),
        region.sources().stream().limit(SOURCES).map(each -> source(each, compnn)).toList(),
        found.suspects().size(),
        found.windows());
  }

  private static Answer answer(Case found, Raster answer) {
    return new Answer(Pictures.address(answer), found.doors(answer));
  }

  private static SourceView source(Judgement.Source source, CompNN compnn) {
    return new SourceView(
        source.id(),
        source.share(),
        source.label(),
        Pictures.address(compnn.database().input(source.exemplar())),
        Pictures.address(compnn.database().target(source.exemplar())),
        Pictures.address(Case.rightLabels(source.exemplar())),
        OutlinePath.of(source.mask()));
  }
}
