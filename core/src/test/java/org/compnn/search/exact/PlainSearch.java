package org.compnn.search.exact;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.compnn.database.MemoryCells;
import org.compnn.network.FeatureMap;
import org.compnn.search.SearchSettings;

/** The oracle: what the contract says, written out, in double precision. */
final class PlainSearch {
  private PlainSearch() {}

  record Match(double distance, int exemplar, int row, int column) {}

  /** All matches of a query cell, best first. */
  static List<Match> matches(
      MemoryCells store, FeatureMap query, int row, int column, SearchSettings settings) {
    List<Match> matches = new ArrayList<>();
    for (int n = 0; n < store.exemplars(); n++) {
      if (settings.selection().contains(n)) {
        FeatureMap map = store.maps().get(n);
        for (int r = 0; r < map.rows(); r++) {
          for (int c = 0; c < map.columns(); c++) {
            matches.add(new Match(distance(query, row, column, map, r, c, settings), n, r, c));
          }
        }
      }
    }
    matches.sort(
        Comparator.comparingDouble(Match::distance)
            .thenComparingInt(Match::exemplar)
            .thenComparingInt(Match::row)
            .thenComparingInt(Match::column));
    return matches;
  }

  private static double distance(
      FeatureMap query,
      int row,
      int column,
      FeatureMap map,
      int r,
      int c,
      SearchSettings settings) {
    int p = settings.hyperpatch();
    double squares = 0;
    double dot = 0;
    double qq = 0;
    double dd = 0;
    for (int y = -((p - 1) / 2); y <= p / 2; y++) {
      for (int x = -((p - 1) / 2); x <= p / 2; x++) {
        for (int k = 0; k < query.channels(); k++) {
          double q = at(query, row + y, column + x, k);
          double d = at(map, r + y, c + x, k);
          squares += Math.pow(q - d, 2);
          dot += q * d;
          qq += q * q;
          dd += d * d;
        }
      }
    }
    return switch (settings.distance()) {
      case L2 -> squares;
      case COSINE -> qq * dd == 0 ? 1 : 1 - dot / Math.sqrt(qq * dd);
    };
  }

  private static double at(FeatureMap map, int row, int column, int channel) {
    int r = Math.min(Math.max(row, 0), map.rows() - 1);
    int c = Math.min(Math.max(column, 0), map.columns() - 1);
    return map.cells()[(r * map.columns() + c) * map.channels() + channel];
  }
}
