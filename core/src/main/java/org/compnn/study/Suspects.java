package org.compnn.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;
import org.compnn.CompNN;
import org.compnn.compose.Mask;
import org.compnn.explain.Options;
import org.compnn.image.Raster;
import org.compnn.measure.EvenSample;
import org.compnn.network.Output;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;

/**
 * Suspected label errors of a training set. Every training picture is matched against all others; a
 * pixel is suspect where most of its matches carry another original label than it does, and the
 * network gives another one too. Connected suspect pixels of one given label and one network's
 * label make a region.
 *
 * @param pictures one for each picture looked at, the most suspect first
 */
public record Suspects(List<Suspect> pictures) {
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
   * @param score 0..1, higher is more suspect; see {@link SuspectPicture}
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
    return of(compnn, labellings, options, limit, (_, _) -> {}, progress);
  }

  /**
   * The same, and tells what the network made of each picture.
   *
   * @param ran hears of each exemplar's probabilities, in the order of exemplars
   */
  public static List<Suspects> of(
      CompNN compnn,
      List<IntFunction<Raster>> labellings,
      Options options,
      int limit,
      ObjIntConsumer<Supplier<PictureProbabilities>> ran,
      Progress progress) {
    List<Labelling> counted =
        labellings.stream().map(labels -> Labelling.of(compnn, labels)).toList();
    List<Integer> chosen =
        Arrays.stream(compnn.selection(options).indices())
            .filter(i -> compnn.database().hasTarget(i))
            .boxed()
            .toList();
    List<Integer> looked = EvenSample.of(chosen, limit);
    List<List<Suspect>> suspects =
        labellings.stream().<List<Suspect>>map(_ -> new ArrayList<>()).toList();
    try (Progress.Task task = progress.begin("checking labels", "pictures", looked.size())) {
      compnn.<Judged>inTurn(
          looked.size(),
          options,
          number -> {
            SuspectPicture picture = SuspectPicture.of(compnn, options, looked.get(number));
            return new Judged(picture, counted.stream().map(picture::judge).toList());
          },
          judged -> {
            ran.accept(judged.picture()::probabilities, judged.picture().exemplar());
            for (int labelling = 0; labelling < labellings.size(); labelling++) {
              suspects.get(labelling).add(judged.found().get(labelling));
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
                      .thenComparingDouble(Suspect::softmin)
                      .thenComparingInt(Suspect::exemplar));
              return new Suspects(found);
            })
        .toList();
  }

  /** A picture with what was found by each labelling. */
  private record Judged(SuspectPicture picture, List<Suspect> found) {}

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

  /** One training picture alone. */
  public static Suspect of(CompNN compnn, Labelling labels, Options options, int exemplar) {
    return SuspectPicture.of(compnn, options, exemplar).judge(labels);
  }
}
