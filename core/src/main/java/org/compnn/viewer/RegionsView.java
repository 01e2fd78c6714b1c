package org.compnn.viewer;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.compnn.compose.Contribution;
import org.compnn.compose.Mask;
import org.compnn.compose.UsedRegions;
import org.compnn.explain.Explanation;
import org.compnn.explain.Gallery;

/**
 * The regions of the training pictures that a composition used, as COCO's annotations with run
 * lengths (uncompressed: {@code size}, {@code counts}), which its own tools read: {@code
 * regions.json}. A picture's id is the exemplar's index; all are of the size of the network's
 * output, and so are the pixels; {@code frame} in {@code explanation.json} leads to a picture's
 * own.
 *
 * @param images the training pictures, those that gave most first
 * @param annotations one for each of them
 * @param categories the one there is
 */
public record RegionsView(
    List<ImageView> images, List<AnnotationView> annotations, List<CategoryView> categories) {
  private static final CategoryView USED = new CategoryView(1, "used");

  /** A training picture. */
  public record ImageView(int id, String fileName, int height, int width) {}

  /**
   * What was used of a training picture.
   *
   * @param iscrowd 1: the segmentation is one of run lengths
   * @param area pixels
   * @param bbox left, top, width, height
   */
  public record AnnotationView(
      int categoryId,
      int iscrowd,
      int area,
      List<Integer> bbox,
      RunsView segmentation,
      int id,
      int imageId) {}

  /**
   * Run lengths of pixels outside and inside by turns, column by column.
   *
   * @param size height, width
   */
  public record RunsView(List<Integer> size, List<Integer> counts) {}

  /** What annotations are about. */
  public record CategoryView(int id, String name) {}

  /** The regions that an explanation's composition used. */
  public static RegionsView of(Explanation explanation) {
    Gallery gallery = explanation.gallery();
    int height = explanation.network().height();
    int width = explanation.network().width();
    Map<Integer, Mask> used =
        UsedRegions.of(explanation.field(), explanation.settings().layer(), height, width);
    List<ImageView> images = new ArrayList<>();
    List<AnnotationView> annotations = new ArrayList<>();
    for (Contribution contribution : explanation.contributions()) {
      int exemplar = contribution.exemplar();
      images.add(new ImageView(exemplar, gallery.id(exemplar), height, width));
      Mask mask = used.getOrDefault(exemplar, new Mask(height, width, new BitSet()));
      annotations.add(annotation(mask, annotations.size() + 1, exemplar));
    }
    return new RegionsView(images, annotations, List.of(USED));
  }

  private static AnnotationView annotation(Mask mask, int id, int exemplar) {
    Mask.Box box = mask.bounds();
    return new AnnotationView(
        USED.id(),
        1,
        mask.count(),
        List.of(box.left(), box.top(), box.right() - box.left(), box.bottom() - box.top()),
        new RunsView(List.of(mask.height(), mask.width()), mask.runs()),
        id,
        exemplar);
  }
}
