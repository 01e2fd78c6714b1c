package org.compnn.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.compnn.compose.Mask;
import org.compnn.files.FileNames;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.viewer.RegionsView;
import org.compnn.viewer.ViewJson;

/**
 * Annotations in COCO's JSON with run lengths: {@code labels.json}, and the pictures in {@code
 * data/}, which is how FiftyOne and others import COCO. A category's id is its class and 1.
 */
public final class CocoExport implements LabelExport {
  private final ExportFiles files;
  private final FileNames names = new FileNames();
  private final List<ImageEntry> images = new ArrayList<>();
  private final List<Annotation> annotations = new ArrayList<>();
  private final List<RegionsView.CategoryView> categories = new ArrayList<>();

  /**
   * @param folder where it is written, made if it is missing
   */
  public CocoExport(Path folder, Palette palette) {
    this(ExportFiles.in(folder), palette);
  }

  /** Written to any place. */
  public CocoExport(ExportFiles files, Palette palette) {
    this.files = files;
    for (int i = 0; i < palette.size(); i++) {
      categories.add(new RegionsView.CategoryView(i + 1, palette.name(i)));
    }
  }

  /**
   * Why a region is there.
   *
   * @param score how sure it is, where that was measured
   * @param given the name of the class that it has so far
   */
  public record Suspicion(OptionalDouble score, String given) {}

  /**
   * What {@code labels.json} says of a picture.
   *
   * @param source its id in our own data set
   */
  private record ImageEntry(int id, String fileName, int height, int width, String source) {}

  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  private record Annotation(
      int id,
      int imageId,
      int categoryId,
      int iscrowd,
      int area,
      List<Integer> bbox,
      RegionsView.RunsView segmentation,
      OptionalDouble score,
      Optional<String> given) {}

  private record Labels(
      List<ImageEntry> images,
      List<Annotation> annotations,
      List<RegionsView.CategoryView> categories) {}

  /** One annotation for each class that the picture has. */
  @Override
  public void add(String id, Picture picture, LabelMap labels) throws IOException {
    int image = image(id, picture);
    BitSet[] pixels = new BitSet[LabelMap.UNLABELLED];
    for (int i = 0; i < labels.classes().length; i++) {
      int label = labels.classes()[i] & 0xff;
      if (label != LabelMap.UNLABELLED) {
        if (pixels[label] == null) {
          pixels[label] = new BitSet();
        }
        pixels[label].set(i);
      }
    }
    for (int label = 0; label < pixels.length; label++) {
      if (pixels[label] != null) {
        Mask mask = new Mask(labels.height(), labels.width(), pixels[label]);
        region(image, label, mask, Optional.empty());
      }
    }
  }

  /**
   * Adds a picture.
   *
   * @return its number, for {@link #region}
   */
  public int image(String id, Picture picture) throws IOException {
    String file = names.unique(id) + ".png";
    files.write("data/" + file, PictureFile.png(picture));
    images.add(new ImageEntry(images.size() + 1, file, picture.height(), picture.width(), id));
    return images.size();
  }

  /**
   * Adds a region of a picture.
   *
   * @param image what {@link #image} answered
   * @param label its class
   * @param mask its pixels, of the picture's size
   */
  public void region(int image, int label, Mask mask, Optional<Suspicion> why) {
    Mask.Box box = mask.bounds();
    annotations.add(
        new Annotation(
            annotations.size() + 1,
            image,
            label + 1,
            1,
            mask.count(),
            List.of(box.left(), box.top(), box.right() - box.left(), box.bottom() - box.top()),
            new RegionsView.RunsView(List.of(mask.height(), mask.width()), mask.runs()),
            why.isPresent() ? why.get().score() : OptionalDouble.empty(),
            why.map(Suspicion::given)));
  }

  @Override
  public Path finish() throws IOException {
    return files.write("labels.json", ViewJson.bytes(new Labels(images, annotations, categories)));
  }
}
