package org.compnn.network;

/** Maps made larger, as what follows a network in use makes its output as large as the picture. */
final class Enlarged {
  private Enlarged() {}

  /**
   * Numbers between the four nearest cells, weighted by nearness of their centres, as PyTorch's
   * {@code interpolate} does with {@code mode="bilinear"} and {@code align_corners=False}.
   */
  static FeatureMap bilinear(FeatureMap map, Size size) {
    if (map.rows() == size.height() && map.columns() == size.width()) {
      return map;
    }
    int channels = map.channels();
    Between[] down = between(map.rows(), size.height());
    Between[] across = between(map.columns(), size.width());
    float[] from = map.cells();
    float[] to =
        new float[Math.multiplyExact(Math.multiplyExact(size.height(), size.width()), channels)];
    int at = 0;
    for (Between row : down) {
      int above = row.first * map.columns() * channels;
      int below = row.second * map.columns() * channels;
      for (Between column : across) {
        int left = column.first * channels;
        int right = column.second * channels;
        for (int c = 0; c < channels; c++) {
          float upper =
              (1 - column.share) * from[above + left + c] + column.share * from[above + right + c];
          float lower =
              (1 - column.share) * from[below + left + c] + column.share * from[below + right + c];
          to[at++] = (1 - row.share) * upper + row.share * lower;
        }
      }
    }
    return new FeatureMap(size.height(), size.width(), channels, to);
  }

  /** The cell that a pixel's centre lies in; indices are not mixed. */
  static FeatureMap nearest(FeatureMap map, Size size) {
    if (map.rows() == size.height() && map.columns() == size.width()) {
      return map;
    }
    int channels = map.channels();
    float[] to =
        new float[Math.multiplyExact(Math.multiplyExact(size.height(), size.width()), channels)];
    for (int row = 0; row < size.height(); row++) {
      int fromRow = (int) ((2L * row + 1) * map.rows() / (2L * size.height()));
      for (int column = 0; column < size.width(); column++) {
        int fromColumn = (int) ((2L * column + 1) * map.columns() / (2L * size.width()));
        System.arraycopy(
            map.cells(),
            (fromRow * map.columns() + fromColumn) * channels,
            to,
            (row * size.width() + column) * channels,
            channels);
      }
    }
    return new FeatureMap(size.height(), size.width(), channels, to);
  }

  /** Two old places, and the share of the second. */
  private record Between(int first, int second, float share) {}

  private static Between[] between(int from, int to) {
    float scale = (float) from / to;
    Between[] all = new Between[to];
    for (int i = 0; i < to; i++) {
      float at = Math.max(0, (i + 0.5f) * scale - 0.5f);
      int first = Math.min((int) at, from - 1);
      all[i] = new Between(first, Math.min(first + 1, from - 1), at - first);
    }
    return all;
  }
}
