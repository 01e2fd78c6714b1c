package org.compnn.bench.truth;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.compnn.bench.truth.Regions.Region;
import org.compnn.compose.Traced;
import org.compnn.image.LabelMap;
import org.compnn.search.Distance;
import org.compnn.search.Field;

/**
 * Windows and doors are learned as one class. Where the network recognises it, the best match
 * should still be a window for a window and a door for a door.
 */
final class Subclass implements Measure {
  @Override
  public String name() {
    return "subclass";
  }

  @Override
  public boolean suits(Kind kind) {
    return kind.labels() && kind.generated();
  }

  @Override
  public List<Row> of(Setup setup) throws IOException {
    List<Example> training = setup.street().training();
    List<Example> merged = Planted.merged(training);
    try (Subject subject = setup.subject("merged", merged)) {
      List<Asked> asked = setup.street().queries().stream().map(subject::ask).toList();
      List<Row> rows = new ArrayList<>();
      for (int label : new int[] {Planted.WINDOW, Planted.DOOR}) {
        String figure = "best match is a " + setup.kind().classes().get(label);
        rows.add(setup.row(name(), figure, "chance", List.of(chance(training, label))));
        for (String layer : List.of("penultimate", "bottleneck")) {
          for (int p : new int[] {1, 3}) {
            Matches method =
                new Matches(new Asked.Way(layer, p, Distance.L2), 1, Matches.Weight.ALL);
            List<Double> shares = new ArrayList<>();
            for (Asked question : asked) {
              for (Region region : Regions.of(question.example().labels(), 0.002, 1)) {
                if (region.label() == label) {
                  shares.add(right(question, region, method.way(), training));
                }
              }
            }
            rows.add(setup.row(name(), figure, method, shares));
          }
        }
      }
      return rows;
    }
  }

  /** The share of this class among the training pixels of both. */
  static double chance(List<Example> training, int label) {
    long both = 0;
    long one = 0;
    for (Example example : training) {
      for (byte c : example.labels().classes()) {
        both += c == Planted.WINDOW || c == Planted.DOOR ? 1 : 0;
        one += c == label ? 1 : 0;
      }
    }
    return both == 0 ? Double.NaN : (double) one / both;
  }

  /** Of the pixels that the network recognises, and whose match is of either class. */
  private static double right(Asked asked, Region region, Asked.Way way, List<Example> training) {
    Field field = asked.field(way);
    Traced traced =
        new Traced(
            field,
            asked.subject().compnn().database().cells(way.layer()).layer(),
            region.mask().height(),
            region.mask().width());
    if (!(asked.run().output() instanceof LabelMap said)) {
      return Double.NaN;
    }
    int seen = 0;
    int right = 0;
    for (int p : region.mask().pixels().stream().toArray()) {
      int exemplar = field.exemplar()[traced.cell(p) * field.topK()];
      if (said.classes()[p] != Planted.WINDOW || exemplar < 0) {
        continue;
      }
      int there =
          training.get(asked.subject().place(exemplar)).labels().classes()[traced.source(p, 0)];
      if (there == Planted.WINDOW || there == Planted.DOOR) {
        seen++;
        right += there == region.label() ? 1 : 0;
      }
    }
    return seen == 0 ? Double.NaN : (double) right / seen;
  }
}
