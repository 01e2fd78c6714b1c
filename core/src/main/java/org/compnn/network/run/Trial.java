package org.compnn.network.run;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.compnn.network.graph.GraphEdit;
import org.compnn.network.graph.OnnxFile;
import org.compnn.network.graph.Port;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import org.compnn.threads.NativeCalls;

/** Tries whether a network runs at all on an input of some shape: once, on zeros. */
public final class Trial {
  private Trial() {}

  /**
   * Runs the network up to some tensors.
   *
   * @return what went wrong, if something did
   * @throws UserError where it takes too long
   */
  public static Optional<UserError> failure(
      OnnxFile file, Port input, List<String> outputs, Running running) {
    try (NativeCalls.Call _ = NativeCalls.begin();
        OrtSession session =
            Session.open(
                file,
                GraphEdit.exposing(file.graph(), input, outputs, Map.of()),
                running.threads(),
                false);
        OnnxTensor zeros = Stimulus.of(input, 0);
        OrtSession.RunOptions options = new OrtSession.RunOptions()) {
      Watch watch = Watch.over(options, running);
      try (watch;
          OrtSession.Result _ =
              session.run(Map.of(input.tensor(), zeros), session.getOutputNames(), options)) {
        return Optional.empty();
      } catch (OrtException e) {
        if (watch.expired()) {
          throw Session.tooLong(file.path(), running, e);
        }
        return failed(file, input, e);
      }
    } catch (OrtException e) {
      return failed(file, input, e);
    } catch (UserError e) {
      if (e.knobs().contains(Knob.NETWORK_TIMEOUT)) {
        throw e;
      }
      return Optional.of(e);
    }
  }

  private static Optional<UserError> failed(OnnxFile file, Port input, OrtException e) {
    return Optional.of(
        new UserError(
            "%s: the network failed on an input of %s: %s"
                .formatted(file.path(), input.type().shape(), Session.firstLine(e)),
            e));
  }
}
