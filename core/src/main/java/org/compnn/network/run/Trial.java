package org.compnn.network.run;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.compnn.network.graph.GraphEdit;
import org.compnn.network.graph.OnnxFile;
import org.compnn.network.graph.Port;
import org.compnn.problem.UserError;

/** Tries whether a network runs at all on an input of some shape: once, on zeros. */
public final class Trial {
  private Trial() {}

  /**
   * Runs the network up to some tensors.
   *
   * @return what went wrong, if something did
   */
  public static Optional<UserError> failure(OnnxFile file, Port input, List<String> outputs) {
    try (OrtSession session =
            Session.open(file, GraphEdit.exposing(file.graph(), input, outputs), 1, false);
        OnnxTensor zeros = zeros(input);
        OrtSession.Result _ = session.run(Map.of(input.tensor(), zeros))) {
      return Optional.empty();
    } catch (UserError e) {
      return Optional.of(e);
    } catch (OrtException e) {
      return Optional.of(
          new UserError(
              "%s: the network failed on an input of %s: %s"
                  .formatted(file.path(), input.type().shape(), Session.firstLine(e)),
              e));
    }
  }

  static OnnxTensor zeros(Port input) throws OrtException {
    int size =
        switch (input.type().element()) {
          case UINT8, INT8 -> 1;
          case FLOAT16, BFLOAT16 -> 2;
          case DOUBLE -> 8;
          default -> 4;
        };
    ByteBuffer zeros =
        ByteBuffer.allocateDirect(Math.toIntExact(input.type().count() * size))
            .order(ByteOrder.nativeOrder());
    return OnnxTensor.createTensor(
        Session.environment(),
        zeros,
        input.type().dims(),
        switch (input.type().element()) {
          case UINT8 -> OnnxJavaType.UINT8;
          case INT8 -> OnnxJavaType.INT8;
          case FLOAT16 -> OnnxJavaType.FLOAT16;
          case BFLOAT16 -> OnnxJavaType.BFLOAT16;
          case DOUBLE -> OnnxJavaType.DOUBLE;
          default -> OnnxJavaType.FLOAT;
        });
  }
}
