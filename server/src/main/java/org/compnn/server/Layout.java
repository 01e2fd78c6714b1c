package org.compnn.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.compnn.viewer.JudgementView.SummaryView;
import tagbio.umap.Umap;

/**
 * Points in a plane, those together that are neighbours along all axes that are known of them:
 * Uniform Manifold Approximation and Projection (McInnes, Healy and Melville, arXiv 1802.03426).
 * The same points always lie the same way.
 *
 * @param points the picture's number, the region's number (0 for pictures), and two coordinates
 */
record Layout(List<List<Number>> points) {
  /** Fewer have no neighbourhoods to speak of. */
  private static final int LEAST = 8;

  /** More take longer than anybody waits for; 5,000 take some eight seconds of a processor. */
  private static final int MOST = 5_000;

  private static final int NEIGHBOURS = 15;
  private static final double FINE = 1e4;

  private record Point(int number, int region, List<Double> place) {}

  /**
   * Lays out what has a place.
   *
   * @param regions the wrong regions instead of whole pictures
   */
  static Layout of(List<SummaryView> pictures, boolean regions) {
    List<Point> points =
        pictures.stream()
            .flatMap(picture -> points(picture, regions))
            .filter(point -> !point.place().isEmpty())
            .toList();
    if (points.size() < LEAST || points.size() > MOST) {
      throw new Refusal(
          422,
          String.format(
              Locale.ROOT,
              "expected %d to %,d %s to lay out by their neighbours, found %,d",
              LEAST,
              MOST,
              regions ? "wrong regions" : "pictures",
              points.size()));
    }
    int axes = points.stream().mapToInt(point -> point.place().size()).min().orElseThrow();
    float[][] places = new float[points.size()][axes];
    for (int i = 0; i < places.length; i++) {
      for (int axis = 0; axis < axes; axis++) {
        places[i][axis] = points.get(i).place().get(axis).floatValue();
      }
    }
    return laid(points, places);
  }

  private static Stream<Point> points(SummaryView picture, boolean regions) {
    return regions
        ? picture.regions().stream()
            .map(region -> new Point(picture.number(), region.number(), region.embedding()))
        : Stream.of(new Point(picture.number(), 0, picture.embedding()));
  }

  private static Layout laid(List<Point> points, float[][] places) {
    Umap umap = new Umap();
    umap.setNumberComponents(2);
    umap.setNumberNearestNeighbours(Math.min(NEIGHBOURS, points.size() - 1));
    umap.setSeed(1);
    // With more, the same points would lie in another way each time.
    umap.setThreads(1);
    float[][] plane = umap.fitTransform(places);
    List<List<Number>> laid = new ArrayList<>();
    for (int i = 0; i < plane.length; i++) {
      Point point = points.get(i);
      laid.add(List.of(point.number(), point.region(), rounded(plane[i][0]), rounded(plane[i][1])));
    }
    return new Layout(laid);
  }

  private static double rounded(float place) {
    return Math.round(place * FINE) / FINE;
  }
}
