package org.compnn.bench.truth;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.compnn.CompNN;
import org.compnn.compose.Mask;
import org.compnn.explain.Options;
import org.compnn.image.LabelMap;
import org.compnn.progress.Progress;
import org.compnn.study.PictureProbabilities;
import org.compnn.study.PixelIssues;
import org.compnn.study.Suspects;

/**
 * A network is trained on labels some of which are wrong, and they are to be found: pictures,
 * regions, pixels. Beside our own ranking stand cleanlab's two, of the same network.
 */
final class Mislabelling implements Measure {
  private static final double SHARE = 0.2;
  private static final String OURS = "suspects";
  private static final String SOFTMIN = "cleanlab, softmin";
  private static final String ISSUES = "cleanlab, pixel issues";

  @Override
  public String name() {
    return "mislabelling";
  }

  @Override
  public boolean suits(Kind kind) {
    return kind.labels();
  }

  /** A region that someone doubts. */
  private record Doubted(int picture, Mask mask, double score) {}

  @Override
  public List<Row> of(Setup setup) throws IOException {
    int classes = setup.kind().classes().size();
    Planted planted = Planted.errors(setup.street().training(), classes, SHARE, setup.seed());
    List<Example> examples = planted.examples();
    try (Subject subject = setup.subject("mislabelled", examples)) {
      CompNN compnn = subject.compnn();
      Suspects suspects =
          Suspects.of(
              compnn,
              compnn.database()::target,
              Options.defaults().topK(5),
              examples.size(),
              Progress.NONE);
      List<float[]> probabilities = new ArrayList<>();
      List<LabelMap> given = examples.stream().map(Example::labels).toList();
      for (Example example : examples) {
        probabilities.add(Outcome.probabilities(subject.ask(example).run().scores()));
      }
      List<BitSet> issues =
          PixelIssues.of(
              probabilities.stream().map(p -> PictureProbabilities.of(p, classes)).toList(),
              given,
              classes);
      return rows(setup, planted, subject, suspects, probabilities, issues);
    }
  }

  private List<Row> rows(
      Setup setup,
      Planted planted,
      Subject subject,
      Suspects suspects,
      List<float[]> probabilities,
      List<BitSet> issues) {
    int n = planted.examples().size();
    double[] ours = new double[n];
    double[] softmin = new double[n];
    double[] counted = new double[n];
    List<Doubted> regions = new ArrayList<>();
    List<Doubted> issueRegions = new ArrayList<>();
    List<double[]> ourPixels = new ArrayList<>();
    List<double[]> theirPixels = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      LabelMap labels = planted.examples().get(i).labels();
      double[] theirs = doubts(probabilities.get(i), labels);
      theirPixels.add(theirs);
      ourPixels.add(new double[theirs.length]);
      counted[i] = issues.get(i).cardinality();
      for (Mask part : new Mask(labels.height(), labels.width(), issues.get(i)).components()) {
        double sum = part.pixels().stream().mapToDouble(p -> theirs[p]).sum();
        issueRegions.add(new Doubted(i, part, sum));
      }
    }
    for (Suspects.Suspect suspect : suspects.pictures()) {
      int i = subject.place(suspect.exemplar());
      ours[i] = suspect.score();
      softmin[i] = 1 - suspect.softmin();
      for (Suspects.Region region : suspect.regions()) {
        regions.add(new Doubted(i, region.mask(), region.score()));
        region.mask().pixels().stream().forEach(p -> ourPixels.get(i)[p] = region.score());
      }
    }
    boolean[] relevant = planted.relevant();
    List<Row> rows = new ArrayList<>();
    rows.add(row(setup, "pictures", OURS, Ranks.averagePrecision(ours, relevant)));
    rows.add(row(setup, "pictures", SOFTMIN, Ranks.averagePrecision(softmin, relevant)));
    rows.add(row(setup, "pictures", ISSUES, Ranks.averagePrecision(counted, relevant)));
    rows.add(row(setup, "regions", OURS, regions(regions, planted.where())));
    rows.add(row(setup, "regions", ISSUES, regions(issueRegions, planted.where())));
    rows.add(row(setup, "pixels", OURS, pixels(ourPixels, planted)));
    rows.add(row(setup, "pixels", SOFTMIN, pixels(theirPixels, planted)));
    return rows;
  }

  private Row row(Setup setup, String figure, String method, double value) {
    return setup.row(name(), "average precision, " + figure, method, List.of(value));
  }

  /**
   * Average precision of regions: one finds a planted region that it overlaps, once; planted ones
   * that nothing finds count as found at no precision.
   */
  private static double regions(List<Doubted> doubted, Map<Integer, Mask> planted) {
    List<Doubted> order = new ArrayList<>(doubted);
    order.sort((a, b) -> Double.compare(b.score(), a.score()));
    Set<Integer> found = new HashSet<>();
    double sum = 0;
    for (int rank = 0; rank < order.size(); rank++) {
      Doubted region = order.get(rank);
      Mask mask = planted.get(region.picture());
      if (mask != null && Regions.overlap(mask, region.mask()) && found.add(region.picture())) {
        sum += (double) found.size() / (rank + 1);
      }
    }
    return sum / planted.size();
  }

  private static double pixels(List<double[]> doubts, Planted planted) {
    int side = doubts.getFirst().length;
    double[] scores = new double[doubts.size() * side];
    boolean[] relevant = new boolean[scores.length];
    for (int i = 0; i < doubts.size(); i++) {
      System.arraycopy(doubts.get(i), 0, scores, i * side, side);
      Mask mask = planted.where().get(i);
      if (mask != null) {
        int from = i * side;
        mask.pixels().stream().forEach(p -> relevant[from + p] = true);
      }
    }
    return Ranks.averagePrecision(scores, relevant);
  }

  private static double[] doubts(float[] probabilities, LabelMap labels) {
    double[] doubts = new double[labels.classes().length];
    int classes = probabilities.length / doubts.length;
    for (int p = 0; p < doubts.length; p++) {
      int label = labels.classes()[p] & 0xff;
      doubts[p] = label < classes ? 1 - probabilities[p * classes + label] : 0;
    }
    return doubts;
  }
}
