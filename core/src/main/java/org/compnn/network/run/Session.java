package org.compnn.network.run;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.compnn.network.graph.GraphEdit;
import org.compnn.network.graph.OnnxFile;
import org.compnn.network.graph.Port;
import org.compnn.network.onnx.ModelProto;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import org.compnn.threads.NativeCalls;

/**
 * A part of a network, ready to run: some tensors in, some out, all of known shape. Safe for use by
 * many threads at once.
 *
 * <p>Tensors pass through off-heap buffers that are kept between runs, so that a run allocates
 * nothing but its results.
 */
public final class Session implements AutoCloseable {
  /**
   * Optimisations that fold what follows a filter into its weights. They round differently, and
   * happen only where the tensor between is not exposed: without them a tensor's numbers do not
   * depend on which others are asked for, or where the network is cut.
   */
  private static final String FOLDING =
      "ConvBNFusion;ConvMulFusion;ConvAddFusion;MatMul_BatchNormalization_Fusion";

  private final Path file;
  private final List<Port> inputs;
  private final List<Port> outputs;
  private final Set<String> given = new HashSet<>();
  private final OrtSession session;
  private final Running running;
  private final ConcurrentLinkedQueue<Slot> idle = new ConcurrentLinkedQueue<>();

  public Session(OnnxFile file, List<Port> inputs, List<Port> outputs, Running running) {
    this.file = file.path();
    this.running = running;
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    inputs.forEach(i -> given.add(i.tensor()));
    this.session =
        open(file, GraphEdit.between(file.graph(), inputs, outputs), running.threads(), true);
  }

  static OrtEnvironment environment() {
    NativeLibrary.prepare();
    return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "compnn");
  }

  /**
   * Hands a model to ONNX Runtime.
   *
   * @param optimised false for a session that is only asked for its shapes
   */
  static OrtSession open(OnnxFile file, ModelProto model, int threads, boolean optimised) {
    NativeLibrary.prepare();
    try (NativeCalls.Call _ = NativeCalls.begin();
        OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      options.setOptimizationLevel(
          optimised
              ? OrtSession.SessionOptions.OptLevel.ALL_OPT
              : OrtSession.SessionOptions.OptLevel.BASIC_OPT);
      // Threads that wait by spinning would take the cores from the search between two runs.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      options.addConfigEntry("optimization.disable_specified_optimizers", FOLDING);
      if (!optimised) {
        options.addConfigEntry("session.disable_prepacking", "1");
      }
      if (!file.externalData().isEmpty()) {
        options.addConfigEntry(
            "session.model_external_initializers_file_folder_path", file.folder().toString());
      }
      // Off the heap: a model may be larger than the heap has room for twice.
      ByteBuffer bytes = ByteBuffer.allocateDirect(model.getSerializedSize());
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      model.writeTo(out);
      out.flush();
      bytes.flip();
      return environment().createSession(bytes, options);
    } catch (OrtException e) {
      throw new UserError(
          file.path() + ": ONNX Runtime cannot load this network: " + firstLine(e), e);
    } catch (IOException e) {
      throw new IllegalStateException("a buffer of the model's own size is large enough", e);
    }
  }

  static String firstLine(OrtException e) {
    String message = e.getMessage() == null ? "no reason given" : e.getMessage();
    return message.lines().findFirst().orElse(message);
  }

  /**
   * Runs the network once.
   *
   * @param fill writes the inputs
   * @param read takes the outputs away; buffers must not be kept
   */
  public <T> T run(Consumer<Slot> fill, Function<Slot, T> read) {
    try (NativeCalls.Call _ = NativeCalls.begin()) {
      return runOnce(fill, read);
    }
  }

  private <T> T runOnce(Consumer<Slot> fill, Function<Slot, T> read) {
    Slot slot = idle.poll();
    if (slot == null) {
      slot = new Slot(inputs, outputs, given);
    }
    boolean whole = false;
    try {
      fill.accept(slot);
      try (OrtSession.Result _ = run(slot)) {
        T result = read.apply(slot);
        whole = true;
        return result;
      }
    } finally {
      if (whole) {
        idle.add(slot);
      } else {
        slot.close();
      }
    }
  }

  private OrtSession.Result run(Slot slot) {
    Watch watch = Watch.over(slot.options(), running);
    try (watch) {
      return session.run(slot.tensorsIn(), Set.of(), slot.tensorsOut(), slot.options());
    } catch (OrtException e) {
      throw watch.expired()
          ? tooLong(file, running, e)
          : new UserError(file + ": the network failed: " + firstLine(e), e);
    }
  }

  static UserError tooLong(Path file, Running running, OrtException e) {
    return UserError.about(
        Knob.NETWORK_TIMEOUT,
        "%s: one run of the network was ended after %d s; give it more time, or check it for a loop without end"
            .formatted(file, Math.max(1, running.timeout().toSeconds())),
        e);
  }

  /** Frees what it holds; where the process is ending, that frees it. */
  @Override
  public void close() {
    try (NativeCalls.Call _ = NativeCalls.begin()) {
      for (Slot slot = idle.poll(); slot != null; slot = idle.poll()) {
        slot.close();
      }
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    } catch (CancellationException e) {
      // The native library must not be called any more.
    }
  }
}
