package org.compnn.network.graph;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.compnn.files.Sha256;
import org.compnn.network.onnx.ModelProto;
import org.compnn.problem.UserError;

/**
 * An ONNX model as it lies on disk, read once and never written.
 *
 * @param path the model file
 * @param graph what is in it
 * @param externalData the files beside it that hold its larger tensors, each inside its folder
 * @param hash SHA-256 over the model file and then the external files in their order, in lower-case
 *     hexadecimal
 */
public record OnnxFile(Path path, Graph graph, List<Path> externalData, String hash) {
  /** Protobuf can hold no more. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - 16;

  private static final int MOST_NODES = 1_000_000;

  /** A few functions that call each other twice are more nodes than memory holds. */
  private static final int MOST_INLINED = 100_000;

  public OnnxFile {
    externalData = List.copyOf(externalData);
  }

  /** The same file, its graph changed in memory. */
  public OnnxFile with(ModelProto model) {
    return new OnnxFile(path, new Graph(model), externalData, hash);
  }

  /** The folder that the model and all its parts lie in. */
  public Path folder() {
    return folderOf(path);
  }

  /** The same file with another form of its graph in memory. */
  public OnnxFile with(Graph other) {
    return new OnnxFile(path, other, externalData, hash);
  }

  static Path folderOf(Path model) {
    Path parent = model.toAbsolutePath().getParent();
    return parent == null ? model.toAbsolutePath() : parent;
  }

  /**
   * Reads a model.
   *
   * @param given the file, or a folder with {@code model.onnx} or a single {@code .onnx} file in it
   * @throws UserError where there is none, or it is no whole ONNX model, or it reaches outside its
   *     folder
   */
  public static OnnxFile read(Path given) {
    Path path = Files.isDirectory(given) ? inside(given) : given;
    try {
      if (!Files.isRegularFile(path)) {
        throw new UserError(
            path + ": expected an ONNX model or a folder with model.onnx, found no such file");
      }
      if (Files.size(path) > MOST_BYTES) {
        throw new UserError(
            path
                + ": expected an ONNX file of at most 2 GiB, found a larger one; save it with"
                + " external data");
      }
      byte[] bytes = Files.readAllBytes(path);
      ModelProto model = parse(path, bytes);
      List<Path> external = ExternalFiles.of(path, model);
      ModelProto sorted = NodeOrder.sorted(Functions.inlined(path, model, MOST_INLINED));
      Graph graph = new Graph(Dequantised.of(sorted).orElse(sorted));
      return new OnnxFile(path, graph, external, Sha256.of(bytes, external).hex());
    } catch (IOException e) {
      throw new UserError(path + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static Path inside(Path folder) {
    Path usual = folder.resolve("model.onnx");
    if (Files.exists(usual)) {
      return usual;
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> models =
          files.filter(f -> f.getFileName().toString().endsWith(".onnx")).sorted().toList();
      if (models.size() == 1) {
        return models.getFirst();
      }
      throw new UserError(
          folder
              + ": expected model.onnx in this folder, found "
              + (models.isEmpty() ? "no .onnx file" : models.size() + " .onnx files; name one"));
    } catch (IOException e) {
      throw new UserError(folder + ": cannot be listed: " + e.getMessage(), e);
    }
  }

  private static ModelProto parse(Path path, byte[] bytes) {
    try {
      // Aliasing keeps the weights where they were read instead of copying them once more.
      CodedInputStream in = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
      in.enableAliasing(true);
      ModelProto model = ModelProto.parseFrom(in);
      if (model.getGraph().getNodeCount() == 0 || model.getOpsetImportCount() == 0) {
        throw new UserError(
            path + ": expected an ONNX model, found no graph in it; export the network again");
      }
      if (model.getGraph().getNodeCount() > MOST_NODES) {
        throw new UserError(
            path
                + ": expected at most "
                + MOST_NODES
                + " operators, found more; is it a network for pixels?");
      }
      return model;
    } catch (IOException e) {
      throw new UserError(
          path + ": expected an ONNX model, found a broken, cut off or other file; copy it again",
          e);
    }
  }
}
