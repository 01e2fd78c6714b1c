package org.compnn.bench.truth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.compnn.generate.Facade;
import org.compnn.generate.FacadeClass;
import org.compnn.generate.FacadeStyle;
import org.compnn.generate.Facades;
import org.compnn.image.Palette;

/**
 * Generated buildings of one seed, of four styles, to train on and to ask about.
 *
 * @param training what networks learn from
 * @param queries what they are asked about, of another seed
 */
record Street(List<Example> training, List<Example> queries) {
  static final List<String> CLASSES =
      Arrays.stream(FacadeClass.values()).map(FacadeClass::label).toList();
  static final Palette PALETTE = Palette.of(CLASSES);

  /** Far from the seeds of the training pictures. */
  private static final long ELSEWHERE = 1_000_003;

  Street {
    training = List.copyOf(training);
    queries = List.copyOf(queries);
  }

  static Street of(long seed, int size, int training, int queries) {
    return new Street(
        examples("t", seed, size, training), examples("q", seed + ELSEWHERE, size, queries));
  }

  private static List<Example> examples(String prefix, long seed, int size, int count) {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Facade facade = Facades.generate(seed, i, size);
      examples.add(
          new Example(
              "%s%04d".formatted(prefix, i),
              Arrays.asList(FacadeStyle.values()).indexOf(facade.style()),
              facade.photo(),
              facade.labels(),
              facade.colouredLabels()));
    }
    return examples;
  }

  static int groups() {
    return FacadeStyle.values().length;
  }
}
