package org.compnn.database.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.compnn.database.IndexReport;
import org.compnn.database.Layout;
import org.compnn.database.Manifest;
import org.compnn.database.build.Embedding.Embedded;
import org.compnn.network.Layer;
import org.compnn.npy.ElementType;
import org.compnn.npy.NpyType;
import org.compnn.problem.UserError;

/** The shards of all columns for the same exemplars, written together. */
final class ShardSet implements AutoCloseable {
  private final int number;
  private final Embedded first;
  private final List<ShardWriter> writers = new ArrayList<>();
  private final List<Manifest.ExemplarEntry> exemplars = new ArrayList<>();
  private List<ChannelSums> statistics = List.of();

  /**
   * @param first an exemplar like all that are to come
   * @param planned how many are to come; fewer may
   */
  ShardSet(Path folder, List<Column> columns, int shard, int planned, Embedded first)
      throws IOException {
    this.number = shard;
    this.first = first;
    for (Column column : columns) {
      writers.add(new ShardWriter(folder, column, shard, planned));
    }
  }

  /**
   * The columns of a database.
   *
   * @param learned whether there is one of how well targets were learned
   * @param cells where each layer's cells go
   */
  static List<Column> columns(
      Manifest.Extent input,
      Manifest.OutputEntry output,
      boolean learned,
      List<Layer> layers,
      List<String> cells,
      ElementType elements) {
    long[] outputShape = output.shape();
    List<Column> columns = new ArrayList<>();
    columns.add(Column.of(Layout.INPUT, NpyType.UINT8, input.height(), input.width(), 3));
    columns.add(Column.of(Layout.TARGET, output.type(), outputShape));
    columns.add(Column.of(Layout.PREDICTION, output.type(), outputShape));
    if (learned) {
      columns.add(Column.of(Layout.LEARNED, NpyType.UINT8, output.height(), output.width()));
    }
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      columns.add(
          Column.of(
              cells.get(i),
              Layout.cells(elements),
              layer.rows(),
              layer.columns(),
              elements.numbers(layer.channels())));
    }
    return columns;
  }

  int number() {
    return number;
  }

  int size() {
    return exemplars.size();
  }

  /**
   * @throws UserError if its pictures have other sizes than those of the first
   */
  void add(Embedded embedded) throws IOException {
    if (!embedded.input().equals(first.input()) || !embedded.output().equals(first.output())) {
      throw new UserError(
          "%s: expected an input of %s and an output of %s as in exemplars before it, found %s and %s; fix the input size"
              .formatted(
                  embedded.entry().id(),
                  first.input(),
                  first.output().extent(),
                  embedded.input(),
                  embedded.output().extent()));
    }
    for (int i = 0; i < writers.size(); i++) {
      writers.get(i).append(embedded.columns().get(i));
    }
    exemplars.add(embedded.entry());
    statistics = merged(statistics, embedded.statistics());
  }

  /** Makes all files whole and waits until they are on the disk. */
  BuildState.Shard finish(int next, List<IndexReport.Skipped> skipped) throws IOException {
    List<Manifest.FileEntry> files = new ArrayList<>();
    for (ShardWriter writer : writers) {
      files.add(writer.finish(exemplars.size()));
    }
    return new BuildState.Shard(
        next, exemplars, skipped, first.input(), first.output(), statistics, files);
  }

  /** Layer by layer; an empty list stands for no cells at all. */
  static List<ChannelSums> merged(List<ChannelSums> a, List<ChannelSums> b) {
    if (a.isEmpty()) {
      return b;
    }
    List<ChannelSums> merged = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      merged.add(a.get(i).and(b.get(i)));
    }
    return merged;
  }

  @Override
  public void close() throws IOException {
    for (ShardWriter writer : writers) {
      writer.close();
    }
  }
}
