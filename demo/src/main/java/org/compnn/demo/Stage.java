package org.compnn.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.compnn.CompNN;
import org.compnn.Index;
import org.compnn.database.IndexReport;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.DatasetOptions;
import org.compnn.dataset.TargetFormat;
import org.compnn.explain.Explanation;
import org.compnn.explain.Options;
import org.compnn.explain.Query;
import org.compnn.explain.Run;
import org.compnn.generate.Facade;
import org.compnn.generate.FacadeStyle;
import org.compnn.generate.Facades;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.progress.Progress;

/**
 * One direction of the demo: its database, and unseen buildings explained by it.
 *
 * @param direction what goes in and what comes out
 * @param exhibits the unseen buildings
 * @param swaps some of them put together from one style at a time
 */
record Stage(Direction direction, List<Exhibit> exhibits, List<Swap> swaps) {
  Stage {
    exhibits = List.copyOf(exhibits);
    swaps = List.copyOf(swaps);
  }

  /** Builds a direction's database of its penultimate layer, with what makes its search fast. */
  static IndexReport index(
      Direction direction, Path model, Path data, Path database, Progress progress) {
    try (Network network = Network.open(model, NetworkOptions.defaults().withThreads(1))) {
      Dataset pairs =
          Dataset.open(
              data,
              DatasetOptions.of(TargetFormat.of(network.output())).withDirection(direction.data()));
      return Index.of(network, pairs)
          .layers("penultimate")
          .hyperpatch(Options.defaults().hyperpatch())
          .progress(progress)
          .write(database);
    }
  }

  /**
   * Explains buildings that neither the network nor the database has seen.
   *
   * @param seed names their street, another one than that of the training
   * @param queries how many
   * @param swapped how many of them are also put together from one style at a time
   */
  static Stage explain(
      Direction direction, CompNN compnn, long seed, int queries, int swapped, Progress progress) {
    List<Exhibit> exhibits = new ArrayList<>();
    List<Swap> swaps = new ArrayList<>();
    int searches = queries + swapped * FacadeStyle.values().length;
    try (Progress.Task task = progress.begin("explaining", "pictures", searches)) {
      for (int i = 0; i < queries; i++) {
        Facade facade = Facades.generate(seed, i, ShippedModel.SIZE);
        String id = facade.style().label() + "-" + i;
        Asked asked = ask(direction, compnn, id, facade);
        exhibits.add(asked.exhibit());
        task.advance(1);
        if (i < swapped) {
          Map<FacadeStyle, Explanation> styles = new EnumMap<>(FacadeStyle.class);
          for (FacadeStyle style : FacadeStyle.values()) {
            styles.put(style, asked.run().explain(Options.defaults().only(style.tag())));
            task.advance(1);
          }
          swaps.add(new Swap(asked.exhibit(), styles));
        }
      }
    }
    return new Stage(direction, exhibits, swaps);
  }

  private static Asked ask(Direction direction, CompNN compnn, String id, Facade facade) {
    Options options = Options.defaults();
    Run run =
        compnn.run(new Query(id, direction.input(facade), Optional.of(direction.target(facade))));
    int nearest = run.nearest(compnn.cells(options), options, 1).getFirst().exemplar();
    return new Asked(
        run,
        new Exhibit(
            id,
            facade.style(),
            run.explain(options),
            nearest,
            compnn.source(options.labels()).apply(nearest)));
  }

  /** An unseen building, and what the network made of it. */
  private record Asked(Run run, Exhibit exhibit) {}

  /** Every explanation of this direction. */
  Stream<Explanation> explanations() {
    return Stream.concat(
        exhibits.stream().map(Exhibit::why),
        swaps.stream().flatMap(swap -> swap.styles().values().stream()));
  }
}
