package org.compnn.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.compnn.CompNN;
import org.compnn.ExplainOptions;
import org.compnn.database.CellStore;
import org.compnn.database.Database;
import org.compnn.database.DatabaseBuilder;
import org.compnn.database.IndexReport;
import org.compnn.database.IndexSettings;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.DatasetOptions;
import org.compnn.dataset.TargetFormat;
import org.compnn.generate.Facade;
import org.compnn.generate.FacadeStyle;
import org.compnn.generate.Facades;
import org.compnn.image.Picture;
import org.compnn.network.Activations;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.progress.Progress;
import org.compnn.report.Explanation;
import org.compnn.search.exact.GlobalSearch;

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
      IndexReport report =
          DatabaseBuilder.build(
              network, pairs, IndexSettings.of(List.of("penultimate")), database, progress);
      try (Database built = Database.open(database)) {
        CompNN.prepare(
            built,
            ExplainOptions.defaults().hyperpatch(),
            Runtime.getRuntime().availableProcessors(),
            progress);
      }
      return report;
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
        Picture input = direction.input(facade);
        Exhibit exhibit = exhibit(direction, compnn, id, facade);
        exhibits.add(exhibit);
        task.advance(1);
        if (i < swapped) {
          Map<FacadeStyle, Explanation> styles = new EnumMap<>(FacadeStyle.class);
          for (FacadeStyle style : FacadeStyle.values()) {
            ExplainOptions only =
                ExplainOptions.defaults().withSelection(List.of(style.tag()), List.of());
            styles.put(style, compnn.explain(id, input, Optional.empty(), only));
            task.advance(1);
          }
          swaps.add(new Swap(exhibit, styles));
        }
      }
    }
    return new Stage(direction, exhibits, swaps);
  }

  private static Exhibit exhibit(Direction direction, CompNN compnn, String id, Facade facade) {
    ExplainOptions options = ExplainOptions.defaults();
    Picture input = direction.input(facade);
    Explanation why = compnn.explain(id, input, Optional.of(direction.target(facade)), options);
    CellStore cells = compnn.cells(options);
    Activations run =
        compnn.network().run(input, List.of(compnn.network().layer(cells.layer().name())));
    int nearest =
        GlobalSearch.nearest(
                cells,
                run.layers().getFirst(),
                options.distance(),
                compnn.selection(options),
                1,
                compnn.workers())
            .getFirst()
            .exemplar();
    return new Exhibit(
        id, facade.style(), why, nearest, compnn.source(options.labels()).apply(nearest));
  }

  /** Every explanation of this direction. */
  Stream<Explanation> explanations() {
    return Stream.concat(
        exhibits.stream().map(Exhibit::why),
        swaps.stream().flatMap(swap -> swap.styles().values().stream()));
  }
}
