package org.compnn.spark;

import java.io.Serializable;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import org.compnn.database.CellStore;
import org.compnn.database.Database;
import org.compnn.database.Selection;
import org.compnn.network.FeatureMap;
import org.compnn.progress.Progress;
import org.compnn.search.Distance;
import org.compnn.search.GlobalMatch;
import org.compnn.search.SearchSettings;
import org.compnn.search.exact.ExactPart;
import org.compnn.search.exact.ExactSearch;
import org.compnn.search.exact.GlobalSearch;
import org.compnn.search.exact.ShardSearch;
import org.compnn.threads.Workers;

/**
 * Searches the shards of a set by tasks, one a shard. A query is sent once to each executor; what
 * comes back of a shard is a few candidates a cell, which are merged on the way to the driver.
 */
final class SetSearch implements ShardSearch {
  /** Levels of the tree by which candidates are merged. */
  private static final int DEPTH = 2;

  private final JavaSparkContext spark;
  private final List<Part> parts;
  private final LongAccumulator pictures;
  private final LongAccumulator cells;

  /**
   * @param parts of the database, see {@link Part#of}
   */
  SetSearch(JavaSparkContext spark, List<Part> parts) {
    this.spark = spark;
    this.parts = parts;
    this.pictures = spark.sc().longAccumulator("pictures searched");
    this.cells = spark.sc().longAccumulator("pairs of cells compared");
  }

  /** An exemplar and its distance, as they travel: 12 bytes. */
  private record Whole(int exemplar, double distance) implements Serializable {
    GlobalMatch match() {
      return new GlobalMatch(exemplar, distance);
    }
  }

  @Override
  public ExactPart nearestCells(CellStore store, FeatureMap activations, SearchSettings settings) {
    Asked asked =
        Asked.of(
            store.layer().name(),
            activations,
            settings.hyperpatch(),
            settings.distance(),
            settings.topK(),
            settings.selection());
    return found(
        asked,
        query -> new NearestCells(query, pictures, cells),
        (one, other) -> ExactPart.together(List.of(one, other)));
  }

  @Override
  public List<GlobalMatch> nearestExemplars(
      CellStore store, FeatureMap activations, Distance distance, Selection selection, int k) {
    Asked asked = Asked.of(store.layer().name(), activations, 1, distance, k, selection);
    List<Whole> nearest =
        found(asked, NearestExemplars::new, (one, other) -> nearest(one, other, k));
    return nearest.stream().map(Whole::match).toList();
  }

  private static List<Whole> nearest(List<Whole> one, List<Whole> other, int k) {
    return Stream.concat(one.stream(), other.stream())
        .sorted(Comparator.comparingDouble(Whole::distance).thenComparingInt(Whole::exemplar))
        .limit(k)
        .toList();
  }

  /** Merges what tasks found; it can be sent to where they run. */
  private interface Together<T> extends BinaryOperator<T>, Serializable {}

  private <T> T found(
      Asked asked,
      java.util.function.Function<Broadcast<Asked>, Function<Part, Answer<T>>> task,
      Together<T> together) {
    BitSet chosen = asked.chosen();
    List<Part> wanted = parts.stream().filter(part -> part.has(chosen)).toList();
    List<Part> searched = wanted.isEmpty() ? parts.subList(0, 1) : wanted;
    Broadcast<Asked> query = spark.broadcast(asked);
    try {
      return Jobs.run(
          () ->
              spark
                  .parallelize(searched, searched.size())
                  .map(task.apply(query))
                  .treeReduce((one, other) -> Answer.both(one, other, together), DEPTH)
                  .get());
    } finally {
      query.destroy();
    }
  }

  /** A task's work on cells. */
  private record NearestCells(
      Broadcast<Asked> query, LongAccumulator pictures, LongAccumulator cells)
      implements Function<Part, Answer<ExactPart>> {
    @Override
    public Answer<ExactPart> call(Part part) {
      return Answer.of(() -> search(part));
    }

    private ExactPart search(Part part) {
      Asked asked = query.value();
      Database database = OpenParts.database(part);
      CellStore store = database.cells(asked.layer());
      Selection selection = part.selection(asked.chosen(), store.exemplars());
      SearchSettings settings =
          new SearchSettings(asked.hyperpatch(), asked.distance(), asked.count(), selection);
      try (Workers workers = Workers.of(TaskContext.get().cpus())) {
        ExactPart found =
            new ExactSearch(store, workers, Progress.NONE).part(asked.activations(), settings);
        pictures.add(selection.size());
        cells.add((long) asked.rows() * asked.columns() * selection.size() * store.layer().cells());
        return found.renumbered(exemplar -> exemplar + part.offset());
      }
    }
  }

  /** A task's work on whole exemplars. */
  private record NearestExemplars(Broadcast<Asked> query)
      implements Function<Part, Answer<List<Whole>>> {
    @Override
    public Answer<List<Whole>> call(Part part) {
      return Answer.of(() -> search(part));
    }

    private List<Whole> search(Part part) {
      Asked asked = query.value();
      Database database = OpenParts.database(part);
      CellStore store = database.cells(asked.layer());
      try (Workers workers = Workers.of(TaskContext.get().cpus())) {
        return GlobalSearch.nearest(
                store,
                asked.activations(),
                asked.distance(),
                part.selection(asked.chosen(), store.exemplars()),
                asked.count(),
                workers)
            .stream()
            .map(match -> new Whole(match.exemplar() + part.offset(), match.distance()))
            .toList();
      }
    }
  }
}
