package org.compnn.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
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
import org.compnn.search.Field;
import org.compnn.search.FieldCheck;
import org.compnn.search.Found;
import org.compnn.search.GlobalMatch;
import org.compnn.search.Quality;
import org.compnn.search.SearchSettings;
import org.compnn.search.exact.ExactPart;
import org.compnn.search.exact.ExactSearch;
import org.compnn.search.exact.GlobalSearch;
import org.compnn.search.exact.ShardSearch;
import org.compnn.threads.Workers;

/**
 * Searches the shards of a set by tasks, about one for each core. Queries that are asked at the
 * same time travel together, once to each executor; what comes back is a few candidates a cell,
 * which are merged on the way to the driver where tasks are many.
 */
final class SetSearch implements ShardSearch {
  /** Levels of the tree by which candidates are merged. */
  private static final int DEPTH = 2;

  /** One job that is searched and one that is ready. */
  private static final int JOBS = 2;

  /** Bytes of the queries of a job and of what comes back of one of its tasks. */
  private static final long MOST_BYTES = 1 << 25;

  /** Operations that a core does in half a minute or so: a task that is lost costs no more. */
  private static final double TASK = 1e12;

  /** Tasks a core at the most: what they find has to be merged. */
  private static final int MORE = 4;

  private final JavaSparkContext spark;
  private final Parts parts;
  private final LongAccumulator pictures;
  private final LongAccumulator cells;
  private final Batches<Sought, Answer<Reply>> batches;
  private final FieldTasks fields;

  /** A query, and how large the layer is that is searched. */
  private record Sought(Asked asked, int layerCells) {}

  /** Queries that travel together. */
  private record Queries(List<Asked> asked) implements Serializable {}

  SetSearch(JavaSparkContext spark, Parts parts) {
    this.spark = spark;
    this.parts = parts;
    this.pictures = spark.sc().longAccumulator("pictures searched");
    this.cells = spark.sc().longAccumulator("pairs of cells compared");
    this.batches =
        new Batches<>(JOBS, MOST_BYTES, sought -> sought.asked().bytes(), this::searched);
    this.fields = new FieldTasks(spark, parts.whole(), MOST_BYTES);
  }

  @Override
  public ExactPart nearestCells(CellStore store, FeatureMap activations, SearchSettings settings) {
    return ((Reply.Cells) reply(asked(store, activations, settings), store)).part();
  }

  private static Asked asked(CellStore store, FeatureMap activations, SearchSettings settings) {
    return Asked.of(
        Asked.Kind.CELLS,
        store.layer().name(),
        activations,
        settings.hyperpatch(),
        settings.distance(),
        settings.topK(),
        settings.selection());
  }

  @Override
  public Found near(
      CellStore store, FeatureMap activations, SearchSettings settings, Quality quality) {
    return fields.matches(asked(store, activations, settings), new FieldAsked.Matches(quality));
  }

  @Override
  public Optional<FieldCheck> check(
      CellStore store,
      FeatureMap activations,
      SearchSettings settings,
      Field field,
      int wanted,
      boolean insisted) {
    return fields.check(
        asked(store, activations, settings), new FieldAsked.Check(field, wanted, insisted));
  }

  @Override
  public List<GlobalMatch> nearestExemplars(
      CellStore store, FeatureMap activations, Distance distance, Selection selection, int k) {
    Asked asked =
        Asked.of(
            Asked.Kind.EXEMPLARS, store.layer().name(), activations, 1, distance, k, selection);
    return ((Reply.Exemplars) reply(asked, store)).matches();
  }

  private Reply reply(Asked asked, CellStore store) {
    return batches.ask(new Sought(asked, store.layer().cells())).get();
  }

  private List<Answer<Reply>> searched(List<Sought> sought) {
    BitSet chosen = new BitSet();
    double operations = 0;
    List<Asked> asked = new ArrayList<>();
    for (Sought one : sought) {
      asked.add(one.asked());
      chosen.or(one.asked().chosen());
      operations += one.asked().operations(one.layerCells());
    }
    int cores = Jobs.run(spark::defaultParallelism);
    List<Part> searched =
        parts.cut(chosen, cores * (int) Math.clamp(Math.ceil(operations / TASK / cores), 1, MORE));
    Broadcast<Queries> queries = spark.broadcast(new Queries(asked));
    try {
      return Jobs.run(
          () ->
              spark
                  .parallelize(searched, searched.size())
                  .map(new Searching(queries, pictures, cells))
                  .treeReduce(SetSearch::both, DEPTH));
    } finally {
      queries.destroy();
    }
  }

  private static List<Answer<Reply>> both(List<Answer<Reply>> one, List<Answer<Reply>> other) {
    List<Answer<Reply>> both = new ArrayList<>();
    for (int i = 0; i < one.size(); i++) {
      both.add(Answer.both(one.get(i), other.get(i), Reply::both));
    }
    return both;
  }

  /** A task: the queries, one after the other, among the exemplars of a part. */
  private record Searching(
      Broadcast<Queries> queries, LongAccumulator pictures, LongAccumulator cells)
      implements Function<Part, List<Answer<Reply>>> {
    @Override
    public List<Answer<Reply>> call(Part part) {
      List<Answer<Reply>> answers = new ArrayList<>();
      try (Workers workers = Workers.of(TaskContext.get().cpus())) {
        for (Asked asked : queries.value().asked()) {
          answers.add(Answer.of(() -> search(asked, part, workers)));
        }
      }
      return answers;
    }

    private Reply search(Asked asked, Part part, Workers workers) {
      Database database = OpenParts.database(part);
      CellStore store = database.cells(asked.layer());
      Selection selection = part.selection(asked.chosen(), store.exemplars());
      return switch (asked.kind()) {
        case CELLS -> {
          SearchSettings settings =
              new SearchSettings(asked.hyperpatch(), asked.distance(), asked.count(), selection);
          ExactPart found =
              new ExactSearch(store, workers, Progress.NONE).part(asked.activations(), settings);
          pictures.add(selection.size());
          cells.add(
              (long) asked.rows() * asked.columns() * selection.size() * store.layer().cells());
          yield new Reply.Cells(found.renumbered(exemplar -> exemplar + part.offset()));
        }
        case EXEMPLARS ->
            new Reply.Exemplars(
                GlobalSearch.nearest(
                        store,
                        asked.activations(),
                        asked.distance(),
                        selection,
                        asked.count(),
                        workers)
                    .stream()
                    .map(
                        match ->
                            new Reply.Whole(match.exemplar() + part.offset(), match.distance()))
                    .toList(),
                asked.count());
      };
    }
  }
}
