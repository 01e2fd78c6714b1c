package org.compnn.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.compnn.image.LabelMap;
import org.compnn.image.Raster;

/**
 * Segmentation metrics over many pictures. As in the literature the metrics of a data set come from
 * pixel counts summed over its pictures, not from means of pictures.
 */
public final class SegmentationTally implements Tally {
  private final List<String> classes;
  private final List<String> names = new ArrayList<>();
  private final List<ClassCounts> counts = new ArrayList<>();

  /**
   * An empty tally.
   *
   * @param classes names of the classes by index
   */
  public SegmentationTally(List<String> classes) {
    this.classes = List.copyOf(classes);
  }

  @Override
  public void add(String picture, Raster reference, Raster answer) {
    if (!(reference instanceof LabelMap expected) || !(answer instanceof LabelMap given)) {
      throw new IllegalArgumentException(picture + ": label maps are measured here, not pictures");
    }
    counts.add(ClassCounts.of(expected, given, classes.size()));
    names.add(picture);
  }

  @Override
  public List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("pixel_accuracy", "pixel accuracy", "", 3));
    columns.add(new Column("class_accuracy", "class accuracy", "", 3));
    columns.add(new Column("mean_iou", "mean IoU", "", 3));
    for (int c = 0; c < classes.size(); c++) {
      columns.add(new Column("iou_" + c, classes.get(c), "IoU per class", 3));
    }
    return columns;
  }

  /** The metrics over all pictures. */
  public Segmentation total() {
    return Segmentation.of(sum(IntStream.range(0, counts.size()).toArray()));
  }

  @Override
  public List<Estimate> estimates() {
    return Bootstrap.estimates(counts.size(), drawn -> values(Segmentation.of(sum(drawn))));
  }

  @Override
  public List<PictureScore> perPicture() {
    List<PictureScore> scores = new ArrayList<>(counts.size());
    for (int i = 0; i < counts.size(); i++) {
      double[] values = values(Segmentation.of(counts.get(i)));
      scores.add(new PictureScore(names.get(i), Arrays.stream(values).boxed().toList()));
    }
    return scores;
  }

  private ClassCounts sum(int[] pictures) {
    ClassCounts sum = new ClassCounts(classes.size());
    for (int picture : pictures) {
      sum.add(counts.get(picture));
    }
    return sum;
  }

  private static double[] values(Segmentation metrics) {
    double[] values = new double[3 + metrics.iou().size()];
    values[0] = metrics.pixelAccuracy();
    values[1] = metrics.classAccuracy();
    values[2] = metrics.meanIou();
    for (int c = 0; c < metrics.iou().size(); c++) {
      values[3 + c] = metrics.iou().get(c);
    }
    return values;
  }
}
