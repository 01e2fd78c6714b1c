package org.compnn.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.compnn.image.LabelMap;
import org.compnn.image.PictureFile;
import org.compnn.image.Raster;
import org.compnn.problem.UserError;

/** A folder of right outputs without their inputs, each named after the pair it belongs to. */
public final class LabelFolder {
  private final Map<String, FilePair> pairs;
  private final TargetFormat format;
  private final LabelCoding coding;

  private LabelFolder(Map<String, FilePair> pairs, TargetFormat format, LabelCoding coding) {
    this.pairs = pairs;
    this.format = format;
    this.coding = coding;
  }

  /**
   * Finds the pictures of a folder. Of label pictures some are read, to see how they mean their
   * numbers.
   *
   * @throws UserError if there are none
   */
  public static LabelFolder open(Path folder, TargetFormat format) {
    Map<String, FilePair> pairs = new LinkedHashMap<>();
    if (Files.isDirectory(folder)) {
      PictureTree.byStem(folder)
          .forEach(
              (id, file) ->
                  pairs.put(id, new FilePair(id, List.of(), file, Optional.of(file), format)));
    }
    if (pairs.isEmpty()) {
      throw new UserError(
          "%s: expected a folder of pictures (%s), found none; check the path"
              .formatted(folder, PictureFile.KINDS));
    }
    LabelCoding coding =
        format instanceof TargetFormat.Labels labels
            ? LabelCoding.of(new ArrayList<>(pairs.values()), labels)
            : LabelCoding.EACH;
    return new LabelFolder(pairs, format, coding);
  }

  /** Their ids: paths below the folder, without ending, with slashes. */
  public List<String> ids() {
    return List.copyOf(pairs.keySet());
  }

  /**
   * Reads one.
   *
   * @param id one of {@link #ids}
   * @throws UserError if it cannot be read, or is no target of the format
   */
  public Raster read(String id) {
    FilePair pair = Optional.ofNullable(pairs.get(id)).orElseThrow();
    return TargetReader.read(pair.inputFile(), format, coding);
  }

  /**
   * Label maps as pictures that such a folder can hold.
   *
   * @param labels by id
   * @return PNGs by id
   */
  public static Map<String, byte[]> pngs(Map<String, LabelMap> labels, TargetFormat.Labels format) {
    // Two classes in 0 and 1 alone are plain; with 255 for what is unlabelled they could be a mask.
    boolean mask =
        format.palette().size() == 2
            && format.ignored().isEmpty()
            && !format.reduced()
            && labels.values().stream().noneMatch(LabelFolder::hasUnlabelled);
    Map<String, byte[]> pngs = new LinkedHashMap<>();
    LabelCoding coding = new LabelCoding(LabelCoding.Grey.BY_PICTURE, mask);
    labels.forEach((id, map) -> pngs.put(id, new LabelEncoding(format, coding, id).plain(map)));
    return pngs;
  }

  private static boolean hasUnlabelled(LabelMap labels) {
    for (byte label : labels.classes()) {
      if ((label & 0xff) == LabelMap.UNLABELLED) {
        return true;
      }
    }
    return false;
  }
}
