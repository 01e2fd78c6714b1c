package org.compnn.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import org.compnn.search.FieldCheck;
import org.compnn.search.Found;

/**
 * Searches the lists of a set by tasks, one for each query. Lists are small beside the cells, and a
 * search reads little of either, so each executor maps the whole set: what it finds is what one
 * machine finds.
 */
final class FieldTasks {
  /** One job whose tasks end and one that takes their cores. */
  private static final int JOBS = 2;

  private record Sought(Asked query, FieldAsked wanted) {
    long bytes() {
      return query.bytes() + wanted.bytes(query);
    }
  }

  private final JavaSparkContext spark;
  private final Part set;
  private final FieldTask task;
  private final Batches<Sought, Answer<FieldReply>> batches;

  /**
   * @param set the whole of it
   * @param most bytes of the queries of a job, but for a job of one
   */
  FieldTasks(JavaSparkContext spark, Part set, long most) {
    this.spark = spark;
    this.set = set;
    this.task =
        new FieldTask(
            counter("cells of fields found"),
            counter("cells of fields checked"),
            counter("cells of fields checked, as near as the nearest"));
    this.batches = new Batches<>(JOBS, most, Sought::bytes, this::searched);
  }

  private LongAccumulator counter(String name) {
    return spark.sc().longAccumulator(name);
  }

  /** A field of near matches. */
  Found matches(Asked query, FieldAsked.Matches wanted) {
    return ((FieldReply.Matches) batches.ask(new Sought(query, wanted)).get()).found();
  }

  /** How near a field comes to the exact one; empty where that cannot be told. */
  Optional<FieldCheck> check(Asked query, FieldAsked.Check wanted) {
    return ((FieldReply.Check) batches.ask(new Sought(query, wanted)).get())
        .outcome().stream().findFirst();
  }

  private List<Answer<FieldReply>> searched(List<Sought> sought) {
    List<FieldTask.Work> works = new ArrayList<>();
    try {
      for (Sought one : sought) {
        Broadcast<Asked> query = Jobs.run(() -> spark.broadcast(one.query()));
        works.add(new FieldTask.Work(set, query, one.wanted()));
      }
      return Jobs.run(() -> spark.parallelize(works, works.size()).map(task).collect());
    } finally {
      works.forEach(work -> work.query().destroy());
    }
  }
}
