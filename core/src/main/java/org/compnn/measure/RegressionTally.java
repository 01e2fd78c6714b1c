package org.compnn.measure;

import java.util.List;
import org.compnn.image.Raster;
import org.compnn.image.ValueMap;

/**
 * Regression metrics over many pictures: the means of the pictures' own, undefined ones left out,
 * as depth estimation counts them.
 */
public final class RegressionTally implements Tally {
  private final PictureMeans means = new PictureMeans(4);

  /** An empty tally. */
  public RegressionTally() {}

  @Override
  public void add(String picture, Raster reference, Raster answer) {
    if (!(reference instanceof ValueMap expected) || !(answer instanceof ValueMap given)) {
      throw new IllegalArgumentException(picture + ": only values are measured here");
    }
    Regression each = Regression.of(expected, given);
    means.add(picture, each.l1(), each.rmse(), each.relative(), each.within());
  }

  @Override
  public List<Column> columns() {
    return List.of(
        new Column("l1", "L1", "", 4),
        new Column("rmse", "RMSE", "", 4),
        new Column("abs_rel", "AbsRel", "", 4),
        new Column("delta_1", "δ < 1.25", "", 3));
  }

  @Override
  public List<Estimate> estimates() {
    return means.estimates();
  }

  @Override
  public List<PictureScore> perPicture() {
    return means.perPicture();
  }
}
