package org.compnn.database;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import org.compnn.progress.Progress;

/** Other processes that build the shards of a set, each some of them. */
public interface ShardBuild {
  /**
   * A shard to be built: pairs that follow each other in the data set.
   *
   * @param number counts from 0
   * @param from its first pair
   * @param to one more than its last
   * @param folder where it is to lie
   */
  record Shard(int number, int from, int to, String folder) implements Serializable {
    /** Where it is to lie. */
    public Path place() {
      return Path.of(folder);
    }

    /** The same shard, built in another place. */
    public Shard in(Path other) {
      return new Shard(number, from, to, other.toString());
    }
  }

  /**
   * The largest magnitudes of the activations over all pairs of some shards.
   *
   * @return for each layer, per channel
   */
  List<float[]> peaks(List<Shard> shards, Progress progress);

  /**
   * Builds shards; each gets its folder once it is whole.
   *
   * @param scales for each layer the steps of signed bytes; empty for other types
   * @return how that went, in the order of the shards
   */
  List<IndexReport> build(List<Shard> shards, List<float[]> scales, Progress progress);
}
