package org.compnn.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.compnn.CompNN;
import org.compnn.compose.Labels;
import org.compnn.compose.Mask;
import org.compnn.compose.Traced;
import org.compnn.database.CellStore;
import org.compnn.database.Selection;
import org.compnn.explain.Options;
import org.compnn.explain.Run;
import org.compnn.image.LabelMap;
import org.compnn.image.Raster;
import org.compnn.measure.EvenSample;
import org.compnn.network.Layer;
import org.compnn.network.Output;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.search.Field;

/**
 * Suspected label errors of a training set. Every training picture is matched against all others; a
 * pixel is suspect where most of its matches carry another original label than it does, and the
 * network gives another one too. Connected suspect pixels of one given label and one network's
 * label make a region.
 *
 * @param pictures one for each picture looked at, the most suspect first
 */
public record Suspects(List<Suspect> pictures) {
  /** Regions kept of a picture. */
  private static final int REGIONS = 3;

  /** Regions that nothing is left of when so many pixels are taken off all around are borders. */
  private static final int BORDER = 1;

  public Suspects {
    pictures = List.copyOf(pictures);
  }

  /**
   * A region that may be labelled wrongly.
   *
   * @param mask its pixels, at the size of the network's output
   * @param given the label that it has
   * @param suggested the label that the network gives
   * @param score the shares of its inner pixels' matches with other labels, summed up
   */
  public record Region(Mask mask, int given, int suggested, double score) {}

  /**
   * A training picture.
   *
   * @param exemplar its index
   * @param id its id
   * @param regions its suspect regions, the worst first, three at most
   * @param score 0..1, higher is more suspect: 1 minus the softmin over pixels of how well the
   *     better of two witnesses speaks for the given label, the network's probability of it and the
   *     share of matches that carry it; a pixel counts as well as the best of the 3 x 3 around it,
   *     since labels are off by a pixel along most borders
   * @param softmin the published score by the network's probabilities alone, see {@link Softmin};
   *     lower is more suspect
   */
  public record Suspect(
      int exemplar, String id, List<Region> regions, double score, double softmin) {
    public Suspect {
      regions = List.copyOf(regions);
    }
  }

  /**
   * Looks at a few training pictures at a time; memory does not grow with what is matched.
   *
   * @param targets the labels to be checked, by exemplar: those of the database, or changed ones;
   *     asked by several threads at once
   * @param options how to match; its top-k matches of each cell vote; a picture matches neither
   *     itself nor {@link Options#neighbours} before and after it
   * @param limit at most so many pictures, spread evenly, 1 or more
   * @throws UserError if the network gives no label maps, or there are no original labels
   */
  public static Suspects of(
      CompNN compnn, IntFunction<Raster> targets, Options options, int limit, Progress progress) {
    return of(compnn, List.of(targets), options, limit, progress).getFirst();
  }

  /**
   * Looks for the suspects of several sets of labels with one match of each training picture.
   *
   * @return one for each of {@code labellings}
   * @see #of(CompNN, IntFunction, Options, int, Progress)
   */
  public static List<Suspects> of(
      CompNN compnn,
      List<IntFunction<Raster>> labellings,
      Options options,
      int limit,
      Progress progress) {
    expectLabels(compnn);
    List<Integer> chosen =
        Arrays.stream(compnn.selection(options).indices())
            .filter(i -> compnn.database().hasTarget(i))
            .boxed()
            .toList();
    List<Integer> looked = EvenSample.of(chosen, limit);
    List<List<Suspect>> suspects =
        labellings.stream().<List<Suspect>>map(_ -> new ArrayList<>()).toList();
    try (Progress.Task task = progress.begin("checking labels", "pictures", looked.size())) {
      compnn.<List<Suspect>>inTurn(
          looked.size(),
          options,
          number -> {
            Matched matched = match(compnn, options, looked.get(number));
            return labellings.stream().map(targets -> judge(compnn, matched, targets)).toList();
          },
          judged -> {
            for (int labelling = 0; labelling < labellings.size(); labelling++) {
              suspects.get(labelling).add(judged.get(labelling));
            }
            task.advance(1);
          });
    }
    return suspects.stream()
        .map(
            found -> {
              found.sort(
                  Comparator.comparingDouble(Suspect::score)
                      .reversed()
                      .thenComparingInt(Suspect::exemplar));
              return new Suspects(found);
            })
        .toList();
  }

  /**
   * Checks that labels of this database can be doubted.
   *
   * @throws UserError if the network gives no label maps or no scores, or there are no original
   *     labels
   */
  public static void expectLabels(CompNN compnn) {
    if (!compnn.database().hasTargets() || compnn.palette().size() == 0) {
      throw new UserError(
          compnn.database().folder()
              + ": expected a database with original label maps, found none; index a data set with"
              + " labels");
    }
    if (compnn.network().output() instanceof Output.Labels) {
      throw new UserError(
          compnn.network().file()
              + ": expected scores to doubt labels by, found a network that gives class indices"
              + " alone; export it without its arg max");
    }
  }

  /** One training picture alone, with the labels of the database. */
  public static Suspect of(CompNN compnn, Options options, int exemplar) {
    return judge(compnn, match(compnn, options, exemplar), compnn.source(Labels.ORIGINAL));
  }

  /** A training picture, run through the network and matched against the others. */
  private record Matched(int exemplar, Run run, Field field, Layer layer) {}

  private static Matched match(CompNN compnn, Options options, int exemplar) {
    CellStore cells = compnn.cells(options);
    Run run = compnn.run(exemplar, List.of(cells));
    int around = options.neighbours();
    Selection others = compnn.selection(options).without(exemplar - around, exemplar + around);
    return new Matched(exemplar, run, run.match(options, others).field(), cells.layer());
  }

  private static Suspect judge(CompNN compnn, Matched matched, IntFunction<Raster> targets) {
    LabelMap given = (LabelMap) targets.apply(matched.exemplar());
    LabelMap network = (LabelMap) matched.run().output();
    float[] doubt = doubt(matched.field(), matched.layer(), given, targets);
    List<Region> regions = regions(given, network, doubt);
    float[] probabilities =
        Softmin.probabilities(matched.run().scores(), compnn.network().output(), given);
    return new Suspect(
        matched.exemplar(),
        compnn.gallery().id(matched.exemplar()),
        regions.subList(0, Math.min(REGIONS, regions.size())),
        1 - Softmin.of(spokenFor(probabilities, doubt, given.height(), given.width())),
        Softmin.of(probabilities));
  }

  /** How well the better witness speaks for each label, as well as for the best label around. */
  private static float[] spokenFor(float[] probabilities, float[] doubt, int height, int width) {
    float[] best = new float[doubt.length];
    for (int i = 0; i < best.length; i++) {
      best[i] = Float.isNaN(probabilities[i]) ? 1 : Math.max(probabilities[i], 1 - doubt[i]);
    }
    float[] around = new float[best.length];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        float most = 0;
        for (int y = Math.max(0, row - 1); y <= Math.min(height - 1, row + 1); y++) {
          for (int x = Math.max(0, column - 1); x <= Math.min(width - 1, column + 1); x++) {
            most = Math.max(most, best[y * width + x]);
          }
        }
        around[row * width + column] = most;
      }
    }
    return around;
  }

  /** For each pixel the share of its labelled matches that carry another label than it does. */
  private static float[] doubt(
      Field field, Layer layer, LabelMap given, IntFunction<Raster> targets) {
    int pixels = given.height() * given.width();
    Traced traced = new Traced(field, layer, given.height(), given.width());
    Map<Integer, LabelMap> read = new TreeMap<>();
    float[] doubt = new float[pixels];
    for (int pixel = 0; pixel < pixels; pixel++) {
      int label = given.classes()[pixel] & 0xff;
      if (label == LabelMap.UNLABELLED) {
        continue;
      }
      int cell = traced.cell(pixel);
      int labelled = 0;
      int others = 0;
      for (int k = 0; k < field.topK(); k++) {
        int source = traced.source(pixel, k);
        if (source < 0) {
          continue;
        }
        LabelMap there =
            read.computeIfAbsent(
                field.exemplar()[cell * field.topK() + k], e -> (LabelMap) targets.apply(e));
        int match = there.classes()[source] & 0xff;
        if (match != LabelMap.UNLABELLED) {
          labelled++;
          others += match == label ? 0 : 1;
        }
      }
      doubt[pixel] = labelled == 0 ? 0 : (float) others / labelled;
    }
    return doubt;
  }

  private static List<Region> regions(LabelMap given, LabelMap network, float[] doubt) {
    Map<Integer, BitSet> byPair = new TreeMap<>();
    for (int pixel = 0; pixel < doubt.length; pixel++) {
      int label = given.classes()[pixel] & 0xff;
      int other = network.classes()[pixel] & 0xff;
      if (doubt[pixel] > 0.5f && other != label) {
        byPair.computeIfAbsent(label << 8 | other, _ -> new BitSet(doubt.length)).set(pixel);
      }
    }
    List<Region> regions = new ArrayList<>();
    byPair.forEach(
        (pair, pixels) -> {
          Mask all = new Mask(given.height(), given.width(), pixels);
          for (Mask part : all.components()) {
            BitSet inner = part.eroded(BORDER).pixels();
            double score = 0;
            for (int i = inner.nextSetBit(0); i >= 0; i = inner.nextSetBit(i + 1)) {
              score += doubt[i];
            }
            if (score > 0) {
              regions.add(new Region(part, pair >> 8, pair & 0xff, score));
            }
          }
        });
    regions.sort(Comparator.comparingDouble(Region::score).reversed());
    return regions;
  }
}
