package org.compnn.bench.field;

import io.github.jbellis.jvector.disk.ReaderSupplier;
import io.github.jbellis.jvector.disk.ReaderSupplierFactory;
import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.ListRandomAccessVectorValues;
import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.graph.SearchResult;
import io.github.jbellis.jvector.graph.disk.OnDiskGraphIndex;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.compnn.bench.Instructions;
import org.compnn.files.WholeFile;

/** JVector's graph as its builder makes it; built in memory, searched from its file. */
final class JVectorIndex implements Trial.Index {
  private static final VectorTypeSupport TYPES =
      VectorizationProvider.getInstance().getVectorTypeSupport();
  private static final VectorSimilarityFunction L2 = VectorSimilarityFunction.EUCLIDEAN;
  private static final int DEGREE = 32;
  private static final int BEAM = 64;
  private static final float OVERFLOW = 1.2f;
  private static final float ALPHA = 1.2f;

  private final ImmutableGraphIndex graph;
  private final RandomAccessVectorValues vectors;

  private JVectorIndex(ImmutableGraphIndex graph, RandomAccessVectorValues vectors) {
    this.graph = graph;
    this.vectors = vectors;
  }

  static Answer answer(Order order) throws IOException {
    String version = "JVector " + version();
    Vectors all = Vectors.read(Path.of(order.vectors()));
    List<VectorFloat<?>> list = new ArrayList<>();
    for (int i = 0; i < all.count(); i++) {
      list.add(TYPES.createFloatVector(all.vector(i)));
    }
    RandomAccessVectorValues vectors = new ListRandomAccessVectorValues(list, all.axes());
    Path file = Path.of(order.file());
    double built = -1;
    if (!Files.exists(file)) {
      long begin = System.nanoTime();
      String notRun = build(vectors, order, file);
      if (!notRun.isEmpty()) {
        return new Answer(version, Instructions.JVM, -1, 0, notRun, List.of());
      }
      built = (System.nanoTime() - begin) / 1e9;
    }
    try (ReaderSupplier reader = ReaderSupplierFactory.open(file);
        OnDiskGraphIndex graph = OnDiskGraphIndex.load(reader)) {
      List<Answer.Run> runs =
          order.prepare() ? List.of() : new Trial(order).runs(new JVectorIndex(graph, vectors));
      return new Answer(version, Instructions.JVM, built, Files.size(file), "", runs);
    }
  }

  private static String version() {
    String location =
        String.valueOf(
            GraphSearcher.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    return location.replaceAll(".*jvector-|\\.jar", "");
  }

  private static String build(RandomAccessVectorValues vectors, Order order, Path file)
      throws IOException {
    int threads = order.threads().stream().max(Integer::compare).orElse(1);
    long deadline = System.nanoTime() + (long) (order.limit() * 1e9);
    AtomicBoolean late = new AtomicBoolean();
    AtomicInteger done = new AtomicInteger();
    BuildScoreProvider scores = BuildScoreProvider.randomAccessScoreProvider(vectors, L2);
    try (GraphIndexBuilder builder =
        GraphIndexBuilder.builder(scores, vectors.dimension(), DEGREE)
            .withBeamWidth(BEAM)
            .withNeighborOverflow(OVERFLOW)
            .withAlpha(ALPHA)
            .build()) {
      Trial.parallel(
          threads,
          vectors.size(),
          (from, to) -> {
            for (int i = from; i < to && !late.get(); i++) {
              builder.addGraphNode(i, vectors.getVector(i));
              done.incrementAndGet();
              if (System.nanoTime() > deadline) {
                late.set(true);
              }
            }
          });
      if (late.get()) {
        return Peers.late(order.limit(), done.get(), vectors.size());
      }
      builder.cleanup();
      Path aside = WholeFile.aside(file);
      OnDiskGraphIndex.write(builder.getGraph(), vectors, aside);
      WholeFile.publish(aside, file);
    }
    return "";
  }

  @Override
  public void search(float[] query, int[] cells, int setting, int ranked, int threads, long[] found)
      throws IOException {
    int axes = vectors.dimension();
    Trial.parallel(
        threads,
        cells.length,
        (from, to) -> {
          RandomAccessVectorValues own = vectors.copy();
          try (GraphSearcher searcher = new GraphSearcher(graph)) {
            for (int i = from; i < to; i++) {
              int at = cells[i] * axes;
              VectorFloat<?> vector =
                  TYPES.createFloatVector(Arrays.copyOfRange(query, at, at + axes));
              SearchResult result =
                  searcher.search(
                      DefaultSearchScoreProvider.exact(vector, L2, own),
                      ranked,
                      Math.max(ranked, setting),
                      0,
                      0,
                      Bits.ALL);
              SearchResult.NodeScore[] nodes = result.getNodes();
              for (int k = 0; k < ranked; k++) {
                found[cells[i] * ranked + k] = k < nodes.length ? nodes[k].node : -1;
              }
            }
          }
        });
  }
}
