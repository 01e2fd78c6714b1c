package org.compnn.image;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How what is no picture is shown: the names and colours of a label map's classes, and the range of
 * a map of values.
 *
 * @param names name of each class, in the order of their indices; at most 255 (index 255 means
 *     unlabelled)
 * @param colours colour of each class as 0xRRGGBB
 * @param ignored the class that means "no label" in the data, if one of them does; in label maps it
 *     becomes {@link LabelMap#UNLABELLED}
 * @param scale the range that maps of values are shown in; without one each fills its own
 */
public record Palette(
    List<String> names, List<Integer> colours, OptionalInt ignored, Optional<ValueScale> scale) {
  /** The colour of unlabelled pixels: black. */
  public static final int UNLABELLED_COLOUR = 0x000000;

  /** What a class beyond the palette is shown in. */
  private static final int UNKNOWN_COLOUR = 0x606060;

  public Palette {
    names = List.copyOf(names);
    colours = List.copyOf(colours);
    if (names.size() > LabelMap.UNLABELLED || names.size() != colours.size()) {
      throw new IllegalArgumentException(
          "a palette has at most 255 names and as many colours, not %d and %d"
              .formatted(names.size(), colours.size()));
    }
    for (int colour : colours) {
      if (colour >>> 24 != 0) {
        throw new IllegalArgumentException("not a colour: 0x%08x".formatted(colour));
      }
    }
    if (ignored.isPresent() && (ignored.getAsInt() < 0 || ignored.getAsInt() >= names.size())) {
      throw new IllegalArgumentException("no class " + ignored.getAsInt() + " to ignore");
    }
  }

  /** Classes alone. */
  public Palette(List<String> names, List<Integer> colours, OptionalInt ignored) {
    this(names, colours, ignored, Optional.empty());
  }

  /**
   * Classes by name, in colours that are easily told apart; in the data set's own colours if all
   * the names are those of CamVid, Cityscapes or CMP Facades (capitals, spaces and signs aside).
   */
  public static Palette of(List<String> names) {
    return new Palette(names, StandardColours.of(names), OptionalInt.empty());
  }

  /** The same classes, one of them meaning "no label". */
  public Palette ignoring(int index) {
    return new Palette(names, colours, OptionalInt.of(index), scale);
  }

  /** The same classes, and a range for maps of values. */
  public Palette showing(ValueScale range) {
    return new Palette(names, colours, ignored, Optional.of(range));
  }

  /** Number of classes. */
  public int size() {
    return names.size();
  }

  /** The colour of a class as 0xRRGGBB; black if unlabelled, grey if beyond the palette. */
  public int colour(int index) {
    if (index == LabelMap.UNLABELLED) {
      return UNLABELLED_COLOUR;
    }
    return index >= 0 && index < size() ? colours.get(index) : UNKNOWN_COLOUR;
  }

  /** The name of a class; a number in words if it has none. */
  public String name(int index) {
    if (index == LabelMap.UNLABELLED) {
      return "unlabelled";
    }
    return index >= 0 && index < size() ? names.get(index) : "class " + index;
  }

  /** The class that {@link #name} gives a name to; the first of that name. */
  public OptionalInt index(String name) {
    int index = names.indexOf(name);
    if (index >= 0) {
      return OptionalInt.of(index);
    }
    return IntStream.rangeClosed(size(), LabelMap.UNLABELLED)
        .filter(i -> name(i).equals(name))
        .findFirst();
  }

  /**
   * The class whose colour is nearest (least squared distance; the first of equals).
   *
   * @param rgb 0xRRGGBB
   * @return a class index, or {@link LabelMap#UNLABELLED} for the ignored class
   */
  public int nearest(int rgb) {
    int best = nearestEntry(rgb);
    return ignored.isPresent() && best == ignored.getAsInt() ? LabelMap.UNLABELLED : best;
  }

  /**
   * Turns a picture of palette colours into classes, each pixel by its nearest colour. Where no
   * class is black, pixels near black are unlabelled, as data sets mean it.
   *
   * @param tolerance a pixel is near a colour if none of its channels differs by more, in levels
   */
  public Snapped snap(Picture picture, int tolerance) {
    if (size() == 0) {
      throw new IllegalStateException("a palette without classes has nothing to snap to");
    }
    boolean blackIsFree = !colours.contains(UNLABELLED_COLOUR);
    byte[] rgb = picture.rgb();
    byte[] classes = new byte[picture.height() * picture.width()];
    int far = 0;
    int last = -1;
    int lastClass = 0;
    boolean lastFar = false;
    for (int i = 0; i < classes.length; i++) {
      int pixel =
          ((rgb[3 * i] & 0xff) << 16) | ((rgb[3 * i + 1] & 0xff) << 8) | (rgb[3 * i + 2] & 0xff);
      if (pixel != last) {
        last = pixel;
        int entry = nearestEntry(pixel);
        lastClass =
            ignored.isPresent() && entry == ignored.getAsInt() ? LabelMap.UNLABELLED : entry;
        lastFar = levels(pixel, colours.get(entry)) > tolerance;
        if (blackIsFree
            && levels(pixel, UNLABELLED_COLOUR) <= tolerance
            && squared(pixel, UNLABELLED_COLOUR) < squared(pixel, colours.get(entry))) {
          lastClass = LabelMap.UNLABELLED;
          lastFar = false;
        }
      }
      classes[i] = (byte) lastClass;
      far += lastFar ? 1 : 0;
    }
    return new Snapped(
        new LabelMap(picture.height(), picture.width(), classes), (double) far / classes.length);
  }

  /** Anything in colours: a picture as it is. */
  public Picture paint(Raster raster) {
    return switch (raster) {
      case Picture picture -> picture;
      case LabelMap labels -> paint(labels);
      case ValueMap map -> paint(map);
    };
  }

  /** A map of values in the colours of the scale, or of its own. */
  public Picture paint(ValueMap map) {
    return scale.orElseGet(() -> ValueScale.of(Stream.of(map))).paint(map);
  }

  /** A label map in its colours. */
  public Picture paint(LabelMap labels) {
    byte[] rgb = new byte[labels.classes().length * 3];
    for (int i = 0; i < labels.classes().length; i++) {
      int colour = colour(labels.classes()[i] & 0xff);
      rgb[3 * i] = (byte) (colour >> 16);
      rgb[3 * i + 1] = (byte) (colour >> 8);
      rgb[3 * i + 2] = (byte) colour;
    }
    return new Picture(labels.height(), labels.width(), rgb);
  }

  private int nearestEntry(int rgb) {
    int best = LabelMap.UNLABELLED;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < size(); i++) {
      int distance = squared(rgb, colours.get(i));
      if (distance < least) {
        least = distance;
        best = i;
      }
    }
    return best;
  }

  private static int squared(int a, int b) {
    int red = (a >> 16) - (b >> 16);
    int green = (a >> 8 & 0xff) - (b >> 8 & 0xff);
    int blue = (a & 0xff) - (b & 0xff);
    return red * red + green * green + blue * blue;
  }

  private static int levels(int a, int b) {
    return Math.max(
        Math.abs((a >> 16) - (b >> 16)),
        Math.max(Math.abs((a >> 8 & 0xff) - (b >> 8 & 0xff)), Math.abs((a & 0xff) - (b & 0xff))));
  }
}
