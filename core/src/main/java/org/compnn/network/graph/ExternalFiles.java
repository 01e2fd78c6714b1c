package org.compnn.network.graph;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.compnn.network.onnx.AttributeProto;
import org.compnn.network.onnx.FunctionProto;
import org.compnn.network.onnx.GraphProto;
import org.compnn.network.onnx.ModelProto;
import org.compnn.network.onnx.NodeProto;
import org.compnn.network.onnx.StringStringEntryProto;
import org.compnn.network.onnx.TensorProto;
import org.compnn.problem.UserError;

/**
 * The files that hold a model's external tensors. A model is foreign: it may name only files that
 * lie inside its own folder, whichever way the name is written.
 */
final class ExternalFiles {
  private final Path model;
  private final Set<Path> files = new LinkedHashSet<>();

  private ExternalFiles(Path model) {
    this.model = model;
  }

  static List<Path> of(Path path, ModelProto model) {
    ExternalFiles external = new ExternalFiles(path);
    visit(model.getGraph(), external::check);
    for (FunctionProto function : model.getFunctionsList()) {
      function.getNodeList().forEach(n -> visit(n, external::check));
    }
    return new ArrayList<>(external.files);
  }

  private static void visit(GraphProto graph, Consumer<TensorProto> tensors) {
    graph.getInitializerList().forEach(tensors);
    graph
        .getSparseInitializerList()
        .forEach(
            s -> {
              tensors.accept(s.getValues());
              tensors.accept(s.getIndices());
            });
    graph.getNodeList().forEach(n -> visit(n, tensors));
  }

  private static void visit(NodeProto node, Consumer<TensorProto> tensors) {
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.hasT()) {
        tensors.accept(attribute.getT());
      }
      attribute.getTensorsList().forEach(tensors);
      if (attribute.hasG()) {
        visit(attribute.getG(), tensors);
      }
      attribute.getGraphsList().forEach(g -> visit(g, tensors));
    }
  }

  private void check(TensorProto tensor) {
    if (tensor.getDataLocation() != TensorProto.DataLocation.EXTERNAL
        && tensor.getExternalDataCount() == 0) {
      return;
    }
    String location = entry(tensor, "location", "");
    try {
      Path file = resolve(location);
      long offset = Long.parseLong(entry(tensor, "offset", "0"));
      long length = Long.parseLong(entry(tensor, "length", "0"));
      long size = Files.size(file);
      if (offset < 0 || length < 0 || offset > size || length > size - offset) {
        throw new UserError(
            "%s: expected %d bytes from %d in %s, found a file of %d; copy it again"
                .formatted(model, length, offset, location, size));
      }
      files.add(file);
    } catch (IOException e) {
      throw new UserError(
          model + ": its weights file " + location + " is missing; copy it beside the model", e);
    } catch (NumberFormatException e) {
      throw new UserError(
          model + ": expected numbers for the place of a tensor in " + location + ", found others",
          e);
    }
  }

  private Path resolve(String location) throws IOException {
    try {
      Path relative = Path.of(location);
      boolean climbs = false;
      for (Path part : relative) {
        climbs |= part.toString().equals("..");
      }
      if (location.isEmpty() || location.contains("\\") || relative.isAbsolute() || climbs) {
        throw outside(location);
      }
      Path folder = OnnxFile.folderOf(model);
      Path file = folder.resolve(relative);
      if (!file.toRealPath().startsWith(folder.toRealPath()) || !Files.isRegularFile(file)) {
        throw outside(location);
      }
      return file;
    } catch (InvalidPathException e) {
      throw new UserError(
          model + ": expected a file name for external data, found none that is valid", e);
    }
  }

  private UserError outside(String location) {
    return new UserError(
        model
            + ": expected external data in the model's folder, found \""
            + location
            + "\"; move it there and export again");
  }

  private static String entry(TensorProto tensor, String key, String otherwise) {
    for (StringStringEntryProto entry : tensor.getExternalDataList()) {
      if (entry.getKey().equals(key)) {
        return entry.getValue();
      }
    }
    return otherwise;
  }
}
