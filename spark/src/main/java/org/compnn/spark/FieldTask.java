package org.compnn.spark;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import org.compnn.database.Selection;
import org.compnn.network.FeatureMap;
import org.compnn.search.Field;
import org.compnn.search.FieldCheck;
import org.compnn.search.Quality;
import org.compnn.search.SearchSettings;
import org.compnn.search.field.FieldSearch;

/**
 * A task: one query, by the lists of the whole set, as one machine searches them. The query is
 * fetched by the executor that needs it, and by no other.
 *
 * @param cells counts those of fields that were found
 * @param checked counts cells whose nearest match is known
 * @param nearest counts those of them whose own match is as near
 */
record FieldTask(LongAccumulator cells, LongAccumulator checked, LongAccumulator nearest)
    implements Function<FieldTask.Work, Answer<FieldReply>> {

  /**
   * What a task is to do.
   *
   * @param set the whole of it
   * @param query what travels once
   * @param wanted what is asked of it
   */
  record Work(Part set, Broadcast<Asked> query, FieldAsked wanted) implements Serializable {}

  @Override
  public Answer<FieldReply> call(Work work) {
    return Answer.of(() -> done(work));
  }

  private FieldReply done(Work work) {
    Asked asked = work.query().value();
    FieldReply reply =
        reply(
            OpenParts.field(
                work.set(), asked.layer(), asked.hyperpatch(), TaskContext.get().cpus()),
            OpenParts.database(work.set()).exemplars().size(),
            asked,
            work.wanted());
    switch (reply) {
      case FieldReply.Matches _ -> cells.add((long) asked.rows() * asked.columns());
      case FieldReply.Check(List<FieldCheck> outcome) ->
          outcome.forEach(
              told -> {
                checked.add(told.cells());
                nearest.add(Math.round(told.cells() * told.recall()));
              });
    }
    return reply;
  }

  /**
   * Searches.
   *
   * @param search of the layer that is asked for
   * @param exemplars of the whole set
   */
  static FieldReply reply(FieldSearch search, int exemplars, Asked asked, FieldAsked wanted) {
    FeatureMap activations = asked.activations();
    SearchSettings settings =
        new SearchSettings(
            asked.hyperpatch(),
            asked.distance(),
            asked.count(),
            Selection.of(asked.chosen(), exemplars));
    return switch (wanted) {
      case FieldAsked.Matches(Quality quality) ->
          FieldReply.of(search.with(quality).find(activations, settings));
      case FieldAsked.Check(Field field, int count, boolean insisted) ->
          FieldReply.of(search.checkAffordable(activations, settings, field, count, insisted));
    };
  }
}
