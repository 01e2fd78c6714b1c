package org.compnn.dataset;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.PictureSize;
import org.compnn.image.Raster;
import org.compnn.image.ValueMap;
import org.compnn.measure.EvenSample;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;

/**
 * What a data set holds, counted by reading its pairs, or some of them.
 *
 * @param read how many pairs were read
 * @param kinds what their targets are, and how many of each
 * @param sizes sizes of the inputs, and how many have each, the most frequent first
 * @param tags tags, and how many of all pairs have each
 * @param classes the classes of label maps that occur, by index
 * @param colours the colours of targets that are pictures, the most frequent first; empty if there
 *     are too many to be classes
 * @param broken a line for each pair that could not be read
 */
public record Survey(
    int read,
    Map<String, Integer> kinds,
    Map<String, Integer> sizes,
    Map<String, Integer> tags,
    List<ClassCount> classes,
    List<ColourCount> colours,
    List<String> broken) {
  /** More colours than a person gives classes. */
  private static final int MOST_COLOURS = 64;

  public Survey {
    classes = List.copyOf(classes);
    colours = List.copyOf(colours);
    broken = List.copyOf(broken);
  }

  /**
   * How often a class occurs.
   *
   * @param index the class, or {@link LabelMap#UNLABELLED}
   * @param share of all pixels of label maps, 0..1
   * @param pictures how many have a pixel of it
   */
  public record ClassCount(int index, String name, double share, int pictures) {}

  /**
   * How often a colour occurs in targets.
   *
   * @param rgb 0xRRGGBB
   * @param share of all their pixels, 0..1
   * @param pictures how many have a pixel of it
   */
  public record ColourCount(int rgb, double share, int pictures) {}

  /**
   * Reads a data set.
   *
   * @param most how many pairs, evenly spread over all
   */
  public static Survey of(Dataset dataset, int most, Progress progress) {
    List<Pair> pairs = EvenSample.of(dataset.pairs(), most);
    Counts counts = new Counts();
    try (Progress.Task task = progress.begin("reading", "pairs", pairs.size())) {
      for (Pair pair : pairs) {
        try {
          counts.add(pair.read());
        } catch (UserError e) {
          counts.broken.add(String.valueOf(e.getMessage()));
        }
        task.advance(1);
      }
    }
    Map<String, Integer> tags = new HashMap<>();
    dataset.pairs().forEach(pair -> pair.tags().forEach(tag -> tags.merge(tag, 1, Integer::sum)));
    return counts.survey(pairs.size(), dataset.reading().classes(), tags);
  }

  /** The classes' colours: the network's own where one was asked, else told apart easily. */
  public static Palette palette(Dataset dataset, Survey survey, TargetFormat format) {
    if (format instanceof TargetFormat.Labels labels) {
      return labels.palette();
    }
    List<String> names = new ArrayList<>(dataset.reading().classes());
    int last =
        survey.classes().stream()
            .mapToInt(ClassCount::index)
            .filter(index -> index != LabelMap.UNLABELLED)
            .max()
            .orElse(-1);
    for (int i = names.size(); i <= last; i++) {
      names.add("class " + i);
    }
    return Palette.of(names);
  }

  private static final class Counts {
    private final Map<String, Integer> kinds = new LinkedHashMap<>();
    private final Map<PictureSize, Integer> sizes = new HashMap<>();
    private final long[] pixels = new long[256];
    private final int[] pictures = new int[256];
    private final Map<Integer, long[]> colours = new HashMap<>();
    private final List<String> broken = new ArrayList<>();
    private long colourPixels;
    private boolean colourful;

    void add(Pair.Content content) {
      Picture input = content.input();
      sizes.merge(new PictureSize(input.height(), input.width()), 1, Integer::sum);
      if (content.target().isEmpty()) {
        kinds.merge("none", 1, Integer::sum);
        return;
      }
      Raster target = content.target().get();
      switch (target) {
        case LabelMap labels -> {
          kinds.merge("label maps", 1, Integer::sum);
          add(labels);
        }
        case Picture picture -> {
          kinds.merge("pictures", 1, Integer::sum);
          add(picture);
        }
        case ValueMap _ -> kinds.merge("values", 1, Integer::sum);
      }
    }

    private void add(LabelMap labels) {
      long[] here = new long[256];
      for (byte label : labels.classes()) {
        here[label & 0xff]++;
      }
      for (int i = 0; i < here.length; i++) {
        pixels[i] += here[i];
        pictures[i] += here[i] > 0 ? 1 : 0;
      }
    }

    private void add(Picture picture) {
      if (colourful) {
        return;
      }
      Map<Integer, Long> here = new HashMap<>();
      for (int row = 0; row < picture.height(); row++) {
        for (int column = 0; column < picture.width(); column++) {
          here.merge(picture.pixel(row, column), 1L, Long::sum);
        }
        if (here.size() > MOST_COLOURS) {
          colourful = true;
          colours.clear();
          return;
        }
      }
      colourPixels += (long) picture.height() * picture.width();
      here.forEach(
          (rgb, count) -> {
            long[] so = colours.computeIfAbsent(rgb, c -> new long[2]);
            so[0] += count;
            so[1]++;
          });
      if (colours.size() > MOST_COLOURS) {
        colourful = true;
        colours.clear();
      }
    }

    Survey survey(int read, List<String> names, Map<String, Integer> tags) {
      long all = 0;
      for (long count : pixels) {
        all += count;
      }
      double total = all;
      List<ClassCount> classes =
          IntStream.range(0, 256)
              .filter(i -> pixels[i] > 0 || i < names.size())
              .filter(i -> total > 0)
              .mapToObj(i -> new ClassCount(i, name(i, names), pixels[i] / total, pictures[i]))
              .toList();
      List<ColourCount> seen =
          colours.entrySet().stream()
              .map(
                  e ->
                      new ColourCount(
                          e.getKey(),
                          (double) e.getValue()[0] / colourPixels,
                          (int) e.getValue()[1]))
              .sorted(
                  Comparator.comparingDouble(ColourCount::share)
                      .reversed()
                      .thenComparingInt(ColourCount::rgb))
              .toList();
      Map<String, Integer> bySize = new LinkedHashMap<>();
      sizes.entrySet().stream()
          .sorted(
              Map.Entry.<PictureSize, Integer>comparingByValue(Comparator.reverseOrder())
                  .thenComparing(e -> e.getKey().toString(), PictureTree::natural))
          .forEach(e -> bySize.put(e.getKey().toString(), e.getValue()));
      Map<String, Integer> byTag = new LinkedHashMap<>();
      tags.entrySet().stream()
          .sorted(
              Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                  .thenComparing(Map.Entry::getKey, PictureTree::natural))
          .forEach(e -> byTag.put(e.getKey(), e.getValue()));
      return new Survey(read, kinds, bySize, byTag, classes, seen, broken);
    }

    private static String name(int index, List<String> names) {
      if (index == LabelMap.UNLABELLED) {
        return "unlabelled";
      }
      return index < names.size() ? names.get(index) : "class " + index;
    }
  }
}
