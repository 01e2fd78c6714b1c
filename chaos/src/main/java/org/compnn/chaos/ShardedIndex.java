package org.compnn.chaos;

import java.nio.file.Path;
import java.util.List;
import org.compnn.Index;
import org.compnn.database.build.DatabaseBuilder;
import org.compnn.database.build.IndexSettings;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.DatasetOptions;
import org.compnn.dataset.TargetFormat;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.npy.ElementType;
import org.compnn.progress.Progress;

/** As {@code compnn index --type int8}, with files so small that there are several of a kind. */
final class ShardedIndex {
  private static final int EXEMPLARS = 1;
  private static final int THREADS = 2;

  private ShardedIndex() {}

  /** Takes a model, a data set and a database to make. */
  public static void main(String[] args) {
    Path out = Path.of(args[2]);
    try (Network network =
        Network.open(Path.of(args[0]), NetworkOptions.defaults().withThreads(1))) {
      if (!org.compnn.database.Database.isThere(out)) {
        Dataset pairs =
            Dataset.open(Path.of(args[1]), DatasetOptions.of(TargetFormat.of(network.output())));
        IndexSettings settings =
            IndexSettings.of(List.of(Material.LAYERS.split(",", -1)))
                .withElements(ElementType.INT8)
                .withThreads(THREADS)
                .withExemplarsPerShard(EXEMPLARS);
        DatabaseBuilder.build(network, pairs, settings, out, Progress.NONE);
      }
    }
    Index.lists(out, 1, THREADS, Progress.NONE);
  }
}
