package org.compnn.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.compnn.network.graph.GraphWriter;
import org.compnn.network.onnx.ModelProto;
import org.compnn.network.onnx.TensorProto;

/**
 * ONNX Runtime's MatMul, alone or followed by ArgMax. The training cells are a constant of the
 * graph, so that it packs them beforehand; results go to buffers that are there already; the query
 * comes in blocks of a size for which it is tried which is best.
 */
final class OnnxPeer implements AutoCloseable {
  private final List<OrtSession> sessions = new ArrayList<>();
  private final FloatBuffer query;
  private final int cells;
  private final int channels;
  private final int trainingCells;
  private final boolean best;

  OnnxPeer(ExactCase work, int threads, boolean best) {
    this.channels = work.channels();
    this.cells = work.peerCells();
    this.trainingCells = work.cellsAnExemplar();
    this.best = best;
    this.query = direct(cells * channels * 4).asFloatBuffer().put(work.peerQuery()).flip();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.force_spinning_stop", "1");
      for (int exemplar : work.selection().indices()) {
        byte[] model = model(work.cells(exemplar)).toByteArray();
        sessions.add(OrtEnvironment.getEnvironment().createSession(model, options));
      }
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Multiplies all of the query with all of the training set. */
  double seconds(int block) {
    int outputs = block * (best ? 1 : trainingCells);
    ByteBuffer memory = direct(outputs * (best ? 8 : 4));
    long[] shape = best ? new long[] {block} : new long[] {block, trainingCells};
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OnnxTensor output =
        best
            ? OnnxTensor.createTensor(environment, memory.asLongBuffer(), shape)
            : OnnxTensor.createTensor(environment, memory.asFloatBuffer(), shape)) {
      long start = System.nanoTime();
      for (int from = 0; from + block <= cells; from += block) {
        FloatBuffer part = query.slice(from * channels, block * channels);
        try (OnnxTensor input =
            OnnxTensor.createTensor(environment, part, new long[] {block, channels})) {
          for (OrtSession session : sessions) {
            session.run(Map.of("q", input), Map.of("out", output)).close();
          }
        }
      }
      return (System.nanoTime() - start) * 1e-9;
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private ModelProto model(float[] training) {
    double[] turned = new double[training.length];
    for (int k = 0; k < channels; k++) {
      for (int d = 0; d < trainingCells; d++) {
        turned[k * trainingCells + d] = training[d * channels + k];
      }
    }
    GraphWriter graph = GraphWriter.random(0).opset(13);
    List<String> factors =
        List.of(graph.input("q", -1, channels), graph.constant(turned, channels, trainingCells));
    if (best) {
      String product = graph.node("MatMul", "", factors);
      graph.named(
          "out",
          "ArgMax",
          List.of(product),
          GraphWriter.number("axis", 1),
          GraphWriter.number("keepdims", 0));
      graph.output("out", TensorProto.DataType.INT64, -1);
    } else {
      graph.named("out", "MatMul", factors);
      graph.output("out", -1, trainingCells);
    }
    return graph.model();
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  @Override
  public void close() {
    try {
      for (OrtSession session : sessions) {
        session.close();
      }
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
