package org.compnn.dataset;

import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.schema.FileSchema;
import dev.hardwood.schema.SchemaNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.compnn.problem.UserError;

/**
 * Which columns of a Parquet file hold pictures: Hugging Face's, a structure of the bytes of a file
 * and its path.
 *
 * @param image the column of inputs
 * @param target that of targets, where there is one
 */
record ParquetColumns(String image, Optional<String> target) {
  private static final List<String> IMAGES =
      List.of("image", "img", "pixel_values", "input", "input_image", "picture", "photo", "source");
  private static final List<String> TARGETS =
      List.of(
          "label",
          "labels",
          "mask",
          "masks",
          "annotation",
          "annotations",
          "segmentation",
          "segmentation_mask",
          "semantic_segmentation",
          "label_image",
          "target",
          "target_image",
          "gt",
          "ground_truth",
          "output",
          "output_image",
          "conditioning_image",
          "depth_map");

  /**
   * Finds them by their names, and a target also as the only other column of pictures.
   *
   * @throws UserError if no column, or more than one, could be meant
   */
  static ParquetColumns of(FileSchema schema, Path file) {
    List<String> pictures = new ArrayList<>();
    for (SchemaNode node : schema.getRootNode().children()) {
      if (node instanceof SchemaNode.GroupNode group
          && group.children().stream()
              .anyMatch(
                  child ->
                      child.name().equals("bytes")
                          && child instanceof SchemaNode.PrimitiveNode bytes
                          && bytes.type() == PhysicalType.BYTE_ARRAY)) {
        pictures.add(node.name());
      }
    }
    Optional<String> image = first(IMAGES, pictures);
    if (image.isEmpty()) {
      throw new UserError(
          "%s: expected a column of pictures named image (a structure of bytes and path), found %s; rename one"
              .formatted(
                  file,
                  pictures.isEmpty()
                      ? "none among " + schema.getRootNode().children().size() + " columns"
                      : String.join(", ", pictures)));
    }
    List<String> others = pictures.stream().filter(name -> !name.equals(image.get())).toList();
    List<String> named =
        others.stream().filter(name -> TARGETS.contains(name.toLowerCase(Locale.ROOT))).toList();
    if (named.size() > 1 || (named.isEmpty() && others.size() > 1)) {
      throw new UserError(
          "%s: expected one column of targets beside %s, found %s; drop or rename all but one"
              .formatted(file, image.get(), String.join(" and ", others)));
    }
    return new ParquetColumns(
        image.get(), named.isEmpty() ? others.stream().findFirst() : Optional.of(named.getFirst()));
  }

  private static Optional<String> first(List<String> wanted, List<String> there) {
    return wanted.stream()
        .flatMap(name -> there.stream().filter(found -> found.equalsIgnoreCase(name)))
        .findFirst();
  }
}
