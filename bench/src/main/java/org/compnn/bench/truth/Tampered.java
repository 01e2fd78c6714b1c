package org.compnn.bench.truth;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.compnn.bench.truth.Regions.Region;
import org.compnn.compose.Mask;
import org.compnn.image.LabelMap;

/**
 * Training pictures that teach something odd, a mark on doors or stripes under one label; a network
 * is asked about regions where it shows that it has learned that, and the odd pictures are to be
 * found.
 */
final class Tampered implements Measure {
  private static final int FOREIGN_QUERIES = 6;

  private final boolean shortcut;

  /**
   * @param shortcut whether doors carry a mark, else stripes are among the pictures
   */
  Tampered(boolean shortcut) {
    this.shortcut = shortcut;
  }

  @Override
  public String name() {
    return shortcut ? "shortcut" : "foreign data";
  }

  @Override
  public boolean suits(Kind kind) {
    return kind.labels() && kind.generated();
  }

  /** A question that shows what was learned. */
  private record Shown(Asked asked, Mask region) {}

  @Override
  public List<Row> of(Setup setup) throws IOException {
    List<Example> training = setup.street().training();
    Planted planted =
        shortcut
            ? Planted.shortcut(training)
            : Planted.foreign(training, Math.max(4, training.size() / 10), setup.seed());
    try (Subject subject = setup.subject(shortcut ? "shortcut" : "foreign", planted.examples())) {
      List<Shown> shown = shortcut ? marked(setup, subject) : striped(setup, subject);
      List<Attributor> methods = new ArrayList<>(Rivals.of(subject));
      methods.addAll(setup.own());
      List<Row> rows = new ArrayList<>();
      for (Attributor method : methods) {
        List<Double> precisions =
            shown.stream()
                .map(
                    s ->
                        Ranks.averagePrecision(
                            method.of(s.asked(), s.region()), planted.relevant()))
                .toList();
        rows.add(setup.row(name(), "average precision, pictures", method, precisions));
        if (shortcut && method instanceof Matches matches) {
          List<Double> shares =
              shown.stream()
                  .map(s -> matches.share(s.asked(), s.region(), planted.where()))
                  .toList();
          rows.add(setup.row(name(), "share of matches that lie in a mark", method, shares));
        }
      }
      return rows;
    }
  }

  /** Windows with a mark of which the network says that they are doors, for the most part. */
  private static List<Shown> marked(Setup setup, Subject subject) {
    List<Shown> shown = new ArrayList<>();
    for (Example example : setup.street().queries()) {
      for (Region region : Regions.of(example.labels(), 0.005, 0.4)) {
        if (region.label() == Planted.DOOR) {
          continue;
        }
        Mask mark = Planted.mark(region.mask());
        Asked asked = subject.ask(example.withPhoto(Planted.marked(example.photo(), mark)));
        if (said(asked, mark, Planted.DOOR) >= 0.5) {
          shown.add(new Shown(asked, mark));
          break;
        }
      }
    }
    return shown;
  }

  private static List<Shown> striped(Setup setup, Subject subject) {
    List<Shown> shown = new ArrayList<>();
    int side = setup.street().queries().getFirst().photo().height();
    for (int i = 0; i < FOREIGN_QUERIES; i++) {
      Example stripes = Planted.stripes("asked-" + i, side, new Random(setup.seed() * 7919 + i));
      shown.add(new Shown(subject.ask(stripes), whole(stripes.labels())));
    }
    return shown;
  }

  private static Mask whole(LabelMap labels) {
    return Regions.of(labels, 0, 1).getFirst().mask();
  }

  private static double said(Asked asked, Mask region, int label) {
    return asked.run().output() instanceof LabelMap map
        ? region.pixels().stream().filter(p -> map.classes()[p] == label).count()
            / (double) region.count()
        : 0;
  }
}
