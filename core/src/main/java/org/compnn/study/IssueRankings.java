package org.compnn.study;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.compnn.CompNN;
import org.compnn.image.LabelMap;
import org.compnn.image.Raster;

/**
 * Training pictures ranked by the number of their {@link PixelIssues}, to compare {@link Suspects}
 * with. It needs the probabilities of all pictures at once, so it is done without where they would
 * take more than a quarter of the heap.
 */
public final class IssueRankings implements ObjIntConsumer<Supplier<PictureProbabilities>> {
  private final int classes;
  private final boolean wanted;
  private final boolean fits;
  private final List<PictureProbabilities> probabilities = new ArrayList<>();
  private final List<Integer> exemplars = new ArrayList<>();

  private IssueRankings(int classes, boolean wanted, boolean fits) {
    this.classes = classes;
    this.wanted = wanted;
    this.fits = fits;
  }

  /**
   * Rankings of pictures that are yet to be run.
   *
   * @param pictures at most so many; 0 to keep nothing
   */
  public static IssueRankings of(CompNN compnn, int pictures) {
    int classes = Math.max(2, compnn.palette().size());
    int pixels = compnn.network().outputHeight() * compnn.network().outputWidth();
    int count = Math.min(pictures, compnn.database().exemplars().size());
    long bytes = count * PictureProbabilities.bytes(pixels, classes);
    return new IssueRankings(classes, count > 0, bytes < Runtime.getRuntime().maxMemory() / 4);
  }

  /** Whether there is memory for them. */
  public boolean fits() {
    return fits;
  }

  @Override
  public void accept(Supplier<PictureProbabilities> ran, int exemplar) {
    if (wanted && fits) {
      probabilities.add(ran.get());
      exemplars.add(exemplar);
    }
  }

  /** The exemplars by these labels, the one with most issues first. */
  public List<Integer> by(IntFunction<Raster> labels) {
    List<LabelMap> given = exemplars.stream().map(e -> (LabelMap) labels.apply(e)).toList();
    List<BitSet> issues = PixelIssues.of(probabilities, given, classes);
    return IntStream.range(0, exemplars.size())
        .boxed()
        .sorted(Comparator.<Integer>comparingInt(i -> -issues.get(i).cardinality()))
        .map(exemplars::get)
        .toList();
  }
}
