package org.compnn.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.compnn.explain.Agreement.Answer;
import org.compnn.explain.Agreement.Reference;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Raster;
import org.compnn.measure.Tally;

/** Measures the outputs of one picture against each other. */
final class Agreements {
  private final List<String> classes;
  private final List<Agreement> measured = new ArrayList<>();

  private Agreements(List<String> classes) {
    this.classes = classes;
  }

  static List<Agreement> of(
      Palette palette,
      Raster network,
      Raster composition,
      Optional<Raster> other,
      Optional<Raster> truth) {
    Agreements agreements =
        new Agreements(
            classes(
                palette,
                Stream.concat(
                    Stream.of(network, composition),
                    Stream.concat(other.stream(), truth.stream()))));
    agreements.add(Answer.CHOSEN, Reference.NETWORK, network, composition);
    other.ifPresent(o -> agreements.add(Answer.UNCHOSEN, Reference.NETWORK, network, o));
    truth.ifPresent(
        right -> {
          agreements.add(Answer.NETWORK, Reference.TRUTH, right, network);
          agreements.add(Answer.CHOSEN, Reference.TRUTH, right, composition);
          other.ifPresent(o -> agreements.add(Answer.UNCHOSEN, Reference.TRUTH, right, o));
        });
    return agreements.measured;
  }

  /** The palette's names, and one for every class beyond that an output may hold. */
  static List<String> classes(Palette palette, Stream<? extends Raster> outputs) {
    int classes =
        outputs
            .filter(LabelMap.class::isInstance)
            .mapToInt(raster -> used((LabelMap) raster))
            .reduce(Math.max(1, palette.size()), Math::max);
    return IntStream.range(0, classes).mapToObj(palette::name).toList();
  }

  /** One more than the highest class of a label map. */
  private static int used(LabelMap labels) {
    int used = 0;
    for (byte label : labels.classes()) {
      int index = label & 0xff;
      used = index == LabelMap.UNLABELLED ? used : Math.max(used, index + 1);
    }
    return used;
  }

  private void add(Answer answer, Reference against, Raster reference, Raster given) {
    Tally tally = Tally.of(reference, classes);
    tally.add(answer.name(), reference, given);
    measured.add(new Agreement(answer, against, tally.perPicture().getFirst().values()));
  }
}
