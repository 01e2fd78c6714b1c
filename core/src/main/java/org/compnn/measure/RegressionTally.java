package org.compnn.measure;

import java.util.ArrayList;
import java.util.List;
import org.compnn.image.Raster;
import org.compnn.image.ValueMap;

/**
 * Regression metrics over many pictures: the means of the pictures' own, undefined ones left out,
 * as depth estimation counts them.
 */
public final class RegressionTally implements Tally {
  private final List<String> names = new ArrayList<>();
  private final List<Regression> metrics = new ArrayList<>();

  /** An empty tally. */
  public RegressionTally() {}

  @Override
  public void add(String picture, Raster reference, Raster answer) {
    if (!(reference instanceof ValueMap expected) || !(answer instanceof ValueMap given)) {
      throw new IllegalArgumentException(picture + ": only values are measured here");
    }
    metrics.add(Regression.of(expected, given));
    names.add(picture);
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
    return Bootstrap.estimates(
        metrics.size(),
        drawn -> {
          Mean l1 = new Mean();
          Mean rmse = new Mean();
          Mean relative = new Mean();
          Mean within = new Mean();
          for (int picture : drawn) {
            l1.addDefined(metrics.get(picture).l1());
            rmse.addDefined(metrics.get(picture).rmse());
            relative.addDefined(metrics.get(picture).relative());
            within.addDefined(metrics.get(picture).within());
          }
          return new double[] {l1.value(), rmse.value(), relative.value(), within.value()};
        });
  }

  @Override
  public List<PictureScore> perPicture() {
    List<PictureScore> scores = new ArrayList<>(metrics.size());
    for (int i = 0; i < metrics.size(); i++) {
      Regression each = metrics.get(i);
      scores.add(
          new PictureScore(
              names.get(i), List.of(each.l1(), each.rmse(), each.relative(), each.within())));
    }
    return scores;
  }
}
