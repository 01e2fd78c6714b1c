package org.compnn.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Numbers of pictures and their means, undefined ones left out. */
final class PictureMeans {
  private final int columns;
  private final List<String> names = new ArrayList<>();
  private final List<double[]> numbers = new ArrayList<>();

  /**
   * @param columns numbers a picture
   */
  PictureMeans(int columns) {
    this.columns = columns;
  }

  void add(String picture, double... ofPicture) {
    names.add(picture);
    numbers.add(ofPicture);
  }

  /** The mean of each column. */
  List<Estimate> estimates() {
    return Bootstrap.estimates(
        numbers.size(),
        drawn -> {
          double[] means = new double[columns];
          for (int column = 0; column < columns; column++) {
            Mean mean = new Mean();
            for (int picture : drawn) {
              mean.addDefined(numbers.get(picture)[column]);
            }
            means[column] = mean.value();
          }
          return means;
        });
  }

  /** The numbers of each picture, in the order in which they came. */
  List<PictureScore> perPicture() {
    List<PictureScore> scores = new ArrayList<>(names.size());
    for (int i = 0; i < names.size(); i++) {
      scores.add(new PictureScore(names.get(i), Arrays.stream(numbers.get(i)).boxed().toList()));
    }
    return scores;
  }
}
