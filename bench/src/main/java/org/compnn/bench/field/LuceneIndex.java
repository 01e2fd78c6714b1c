package org.compnn.bench.field;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopKnnCollector;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.Version;
import org.compnn.bench.Instructions;
import org.compnn.files.FileTree;
import org.compnn.files.WholeFile;

/** Lucene's HNSW graph: one segment, so that the document's number is the vector's. */
final class LuceneIndex implements Trial.Index {
  private static final String FIELD = "hyperpatch";
  private static final int CONNECTIONS = 16;
  private static final int BEAM = 64;
  private static final double BUFFER = 2000;

  private final LeafReader segment;
  private final int axes;

  private LuceneIndex(LeafReader segment, int axes) {
    this.segment = segment;
    this.axes = axes;
  }

  static Answer answer(Order order) throws IOException {
    String version = "Lucene " + Version.LATEST;
    Path folder = Path.of(order.file());
    Vectors vectors = Vectors.read(Path.of(order.vectors()));
    double built = -1;
    if (!Files.exists(folder)) {
      long begin = System.nanoTime();
      String notRun = build(vectors, order, folder);
      if (!notRun.isEmpty()) {
        return new Answer(version, Instructions.JVM, -1, 0, notRun, List.of());
      }
      built = (System.nanoTime() - begin) / 1e9;
    }
    try (Directory directory = new MMapDirectory(folder);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      LeafReader segment = reader.leaves().getFirst().reader();
      if (reader.leaves().size() != 1 || segment.maxDoc() != vectors.count()) {
        return new Answer(
            version, Instructions.JVM, built, 0, "not run: more than one segment", List.of());
      }
      List<Answer.Run> runs =
          order.prepare()
              ? List.of()
              : new Trial(order).runs(new LuceneIndex(segment, vectors.axes()));
      long bytes = 0;
      for (String file : directory.listAll()) {
        bytes += directory.fileLength(file);
      }
      return new Answer(version, Instructions.JVM, built, bytes, "", runs);
    }
  }

  private static String build(Vectors vectors, Order order, Path folder) throws IOException {
    Codec codec =
        new Lucene104Codec() {
          @Override
          public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
            return new Lucene99HnswVectorsFormat(CONNECTIONS, BEAM);
          }
        };
    IndexWriterConfig config =
        new IndexWriterConfig()
            .setCodec(codec)
            .setMergePolicy(NoMergePolicy.INSTANCE)
            .setUseCompoundFile(false)
            .setRAMBufferSizeMB(BUFFER);
    config.setRAMPerThreadHardLimitMB((int) BUFFER);
    Path aside = WholeFile.aside(folder);
    FileTree.remove(aside);
    long deadline = System.nanoTime() + (long) (order.limit() * 1e9);
    try (Directory directory = new MMapDirectory(aside);
        IndexWriter writer = new IndexWriter(directory, config)) {
      for (int i = 0; i < vectors.count(); i++) {
        Document document = new Document();
        document.add(
            new KnnFloatVectorField(FIELD, vectors.vector(i), VectorSimilarityFunction.EUCLIDEAN));
        writer.addDocument(document);
        if (System.nanoTime() > deadline) {
          writer.rollback();
          return Peers.late(order.limit(), i + 1, vectors.count());
        }
      }
      writer.commit();
    }
    WholeFile.publish(aside, folder);
    return "";
  }

  @Override
  public void search(float[] query, int[] cells, int setting, int ranked, int threads, long[] found)
      throws IOException {
    Trial.parallel(
        threads,
        cells.length,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int at = cells[i] * axes;
            TopKnnCollector collector =
                new TopKnnCollector(Math.max(ranked, setting), Integer.MAX_VALUE);
            segment.searchNearestVectors(
                FIELD,
                Arrays.copyOfRange(query, at, at + axes),
                collector,
                AcceptDocs.fromLiveDocs(null, segment.maxDoc()));
            TopDocs top = collector.topDocs();
            ScoreDoc[] documents = top.scoreDocs;
            for (int k = 0; k < ranked; k++) {
              found[cells[i] * ranked + k] = k < documents.length ? documents[k].doc : -1;
            }
          }
        });
  }
}
