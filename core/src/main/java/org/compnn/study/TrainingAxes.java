package org.compnn.study;

import org.compnn.CompNN;
import org.compnn.database.CellStore;
import org.compnn.measure.EvenSample;

/**
 * What pictures, and parts of pictures, are laid out along on a map: the axes in which training
 * pictures differ most from each other as a layer sees them, and those in which its cells do.
 *
 * @param pictures the axes of pictures' mean cells, standardised
 * @param cells the axes of cells, standardised
 */
public record TrainingAxes(PrincipalAxes pictures, PrincipalAxes cells) {
  /** Axes kept for pictures; a map shows the first two. */
  public static final int OF_PICTURES = 8;

  /** Axes kept for cells; a map shows the first two. */
  public static final int OF_CELLS = 8;

  private static final int PICTURES = 1000;
  private static final int RUNS = 32;
  private static final int RUN = 8;
  private static final int MOST_NUMBERS = 1 << 21;

  /**
   * The axes of a database's layer, from some cells of some training pictures, spread evenly.
   *
   * @param cells the layer
   */
  public static TrainingAxes of(CompNN compnn, CellStore cells) {
    int channels = cells.layer().channels();
    int all = cells.layer().cells();
    int run = Math.min(RUN, all);
    int runs = Math.max(1, Math.min(RUNS, all / run));
    int exemplars = compnn.database().exemplars().size();
    int pictures = Math.min(exemplars, PICTURES);
    float[] means = new float[pictures * channels];
    int kept = Math.clamp(MOST_NUMBERS / channels / Math.max(1, pictures), 1, runs);
    float[] points = new float[pictures * kept * channels];
    float[] read = new float[run * channels];
    for (int picture = 0; picture < pictures; picture++) {
      int exemplar = EvenSample.place(picture, pictures, exemplars);
      for (int each = 0; each < runs; each++) {
        int from = Math.min(EvenSample.place(each, runs, all), all - run);
        cells.read(exemplar, from, run, read, 0);
        for (int i = 0; i < read.length; i++) {
          means[picture * channels + i % channels] += read[i] / (run * runs);
        }
        if (each * kept / runs < (each + 1) * kept / runs) {
          int at = picture * kept + each * kept / runs;
          System.arraycopy(read, 0, points, at * channels, channels);
        }
      }
    }
    return new TrainingAxes(
        PrincipalAxes.of(means, channels, OF_PICTURES),
        PrincipalAxes.of(points, channels, OF_CELLS));
  }
}
