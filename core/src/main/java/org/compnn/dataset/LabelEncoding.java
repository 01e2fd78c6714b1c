package org.compnn.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.image.StoredPicture;
import org.compnn.problem.UserError;

/** Writes label maps so that they are read as the label pictures of a data set are. */
final class LabelEncoding {
  private static final int NOTHING = -1;

  private final TargetFormat.Labels format;
  private final LabelCoding coding;
  private final String name;

  /** The class that each number is read as. */
  private final int[] meanings;

  /**
   * @param coding what the numbers of the data set's label pictures mean
   * @param name what messages call the picture
   */
  LabelEncoding(TargetFormat.Labels format, LabelCoding coding, String name) {
    this.format = format;
    this.coding = coding;
    this.name = name;
    this.meanings = IntStream.range(0, 256).map(this::read).toArray();
  }

  /**
   * A picture with some labels changed: pixels that keep theirs keep what is stored of them.
   *
   * @param before what the stored picture says
   * @param after of the same size
   * @return a PNG that is read as {@code after}
   */
  byte[] changed(StoredPicture stored, LabelMap before, LabelMap after) {
    for (byte[] png : List.of(changedInKind(stored, before, after), plain(after))) {
      if (reads(png, after)) {
        return png;
      }
    }
    throw new UserError(
        name + ": expected labels that can be written as this data set has them, found others");
  }

  private byte[] changedInKind(StoredPicture stored, LabelMap before, LabelMap after) {
    if (stored.isIndexed() && stored.inexact().isEmpty()) {
      return numbers(stored.indices(), before, after);
    }
    Picture colours = stored.picture();
    Optional<LabelMap> grey = GreyLabels.channels(colours);
    if (grey.isPresent() && coding.grey() != LabelCoding.Grey.COLOURS) {
      return numbers(grey.get(), before, after);
    }
    byte[] rgb = colours.rgb().clone();
    for (int i = 0; i < after.classes().length; i++) {
      if (after.classes()[i] != before.classes()[i]) {
        int colour = colour(after.classes()[i] & 0xff);
        rgb[3 * i] = (byte) (colour >> 16);
        rgb[3 * i + 1] = (byte) (colour >> 8);
        rgb[3 * i + 2] = (byte) colour;
      }
    }
    return PictureFile.png(new Picture(colours.height(), colours.width(), rgb));
  }

  private int colour(int label) {
    Palette palette = format.palette();
    return label == LabelMap.UNLABELLED && palette.ignored().isPresent()
        ? palette.colours().get(palette.ignored().getAsInt())
        : palette.colour(label);
  }

  private byte[] numbers(LabelMap stored, LabelMap before, LabelMap after) {
    byte[] numbers = stored.classes().clone();
    for (int i = 0; i < numbers.length; i++) {
      if (after.classes()[i] != before.classes()[i]) {
        numbers[i] = (byte) number(after.classes()[i] & 0xff);
      }
    }
    return png(new LabelMap(stored.height(), stored.width(), numbers));
  }

  /** All pixels by their classes' numbers. */
  byte[] plain(LabelMap labels) {
    byte[] numbers = new byte[labels.classes().length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (byte) number(labels.classes()[i] & 0xff);
    }
    return png(new LabelMap(labels.height(), labels.width(), numbers));
  }

  /** The number that is read as a class; the class itself if none is. */
  private int number(int label) {
    if (meanings[LabelMap.UNLABELLED] == label) {
      return LabelMap.UNLABELLED;
    }
    if (meanings[label] == label) {
      return label;
    }
    return IntStream.range(0, meanings.length)
        .filter(number -> meanings[number] == label)
        .findFirst()
        .orElse(label);
  }

  private int read(int number) {
    LabelMap one = new LabelMap(1, 1, new byte[] {(byte) number});
    try {
      return TargetReader.classes(one, format, coding, name).label(0, 0);
    } catch (UserError e) {
      return NOTHING;
    }
  }

  /** As an index picture in the colours of what its numbers mean; a mask in black and white. */
  private byte[] png(LabelMap numbers) {
    if (coding.mask()) {
      return PictureFile.grey(numbers);
    }
    List<String> names = new ArrayList<>();
    List<Integer> colours = new ArrayList<>();
    for (int number = 0; number < LabelMap.UNLABELLED; number++) {
      int label = meanings[number];
      names.add("");
      colours.add(label == NOTHING ? number * 0x010101 : format.palette().colour(label));
    }
    return PictureFile.png(numbers, new Palette(names, colours, OptionalInt.empty()));
  }

  private boolean reads(byte[] png, LabelMap labels) {
    try {
      return TargetReader.read(png, name, format, coding) instanceof LabelMap read
          && Arrays.equals(read.classes(), labels.classes());
    } catch (UserError e) {
      return false;
    }
  }
}
