package org.compnn.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.compnn.image.Picture;
import org.compnn.network.geometry.Trace;
import org.compnn.network.graph.Graph;
import org.compnn.network.graph.OnnxFile;
import org.compnn.network.graph.Port;
import org.compnn.network.graph.Tensors;
import org.compnn.network.onnx.NodeProto;
import org.compnn.network.run.Probe;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;

/**
 * A network for pixels, read from an ONNX file: one picture in, class scores or a picture out, and
 * layers in between that can be looked at. The file is never changed. Safe for use by many threads.
 */
public final class Network implements AutoCloseable {
  private final OnnxFile file;
  private final NetworkOptions options;
  private final Settings settings;
  private final OutputSettings outputSettings;
  private final Preprocessing preprocessing;
  private final SpatialOutput spatial;
  private final Output output;
  private final Tensors tensors;
  private final Layers layers;
  private final ForwardPass pass;

  private Network(OnnxFile file, NetworkOptions options) {
    this.file = file;
    this.options = options;
    this.settings = Settings.beside(file, options);
    this.outputSettings = OutputSettings.beside(file, options);
    Graph graph = file.graph();
    PictureInput input = PictureInput.of(file.path(), graph);
    this.preprocessing = settings.preprocessing(input);
    Port port = input.port(preprocessing.size());
    this.tensors =
        Probe.ask(
            file,
            port,
            graph.outputs(graph.dependents(List.of(input.tensor()))),
            Trace.parameters(graph));
    Trace trace = Trace.of(graph, tensors, port, input.channelsLast());
    this.spatial = SpatialOutput.of(file, outputSettings.outputName(), tensors, trace, input);
    this.output =
        outputSettings.output(
            spatial.channels(), graph.maker(spatial.tensor()).map(NodeProto::getOpType).orElse(""));
    this.layers = Layers.of(file, tensors, trace, input.tensor(), spatial.tensor());
    this.pass = new ForwardPass(file, input, preprocessing, spatial, output, options.threads());
  }

  /**
   * Opens a network.
   *
   * @param modelOrFolder the ONNX file, or a folder with {@code model.onnx} (or one other {@code
   *     .onnx} file); {@code preprocessor_config.json} and {@code config.json} beside it are read
   *     where they are
   * @param options what the user says beyond those files
   * @throws UserError where it is no network of this kind, broken, or says too little
   */
  public static Network open(Path modelOrFolder, NetworkOptions options) {
    return new Network(OnnxFile.read(modelOrFolder), options);
  }

  /** The model file. */
  public Path file() {
    return file.path();
  }

  /** SHA-256 of the model, its external data included, in lower-case hexadecimal. */
  public String hash() {
    return file.hash();
  }

  /** How pictures become the input. */
  public Preprocessing preprocessing() {
    return preprocessing;
  }

  /** What the output means. */
  public Output output() {
    return output;
  }

  /** Name of the graph's output that is explained. */
  public String outputName() {
    return spatial.name();
  }

  public int inputHeight() {
    return preprocessing.size().height();
  }

  public int inputWidth() {
    return preprocessing.size().width();
  }

  public int outputHeight() {
    return spatial.rows();
  }

  public int outputWidth() {
    return spatial.columns();
  }

  /** The layers worth looking at, from input to output. */
  public List<Layer> layers() {
    return layers.listed();
  }

  /**
   * A layer by its tensor's name or one of its aliases, those not listed included.
   *
   * @throws UserError where there is none; it lists names that are close
   */
  public Layer layer(String nameOrAlias) {
    return layers.find(nameOrAlias).layer();
  }

  /**
   * The layers that a term means: one by its name or alias, {@code all} listed ones, or the listed
   * ones from one to another as {@code bottleneck..penultimate}.
   *
   * @throws UserError where it means none
   */
  public List<Layer> layersNamed(String term) {
    int dots = term.indexOf("..");
    if (term.equals("all")) {
      return layers();
    }
    if (dots <= 0 || dots + 2 == term.length()) {
      return List.of(layer(term));
    }
    List<String> names = layers().stream().map(Layer::name).toList();
    int first = names.indexOf(layer(term.substring(0, dots)).name());
    int last = names.indexOf(layer(term.substring(dots + 2)).name());
    if (first < 0 || last < first) {
      throw UserError.about(
          Knob.LIST_LAYERS,
          "%s: expected a range of two listed layers, from input to output, found '%s'"
              .formatted(file.path(), term));
    }
    return layers().subList(first, last + 1);
  }

  /**
   * {@code preprocessor_config.json} and {@code config.json} as they must read for this network to
   * open again as it is open now, without options: by file name.
   */
  public Map<String, byte[]> configuration() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(Configuration.PREPROCESSOR, settings.file(preprocessing));
    files.put(Configuration.CONFIG, outputSettings.file(output, spatial.name()));
    return files;
  }

  /**
   * Copies the network into a folder: the model under the given name, its external data under their
   * own, and {@link #configuration()}.
   */
  public void copyTo(Path folder, String modelName) throws IOException {
    Files.createDirectories(folder);
    Files.copy(file.path(), folder.resolve(modelName), StandardCopyOption.REPLACE_EXISTING);
    for (Path external : file.externalData()) {
      Path copy = folder.resolve(file.folder().relativize(external));
      Files.createDirectories(copy.getParent());
      Files.copy(external, copy, StandardCopyOption.REPLACE_EXISTING);
    }
    for (Map.Entry<String, byte[]> entry : configuration().entrySet()) {
      Files.write(folder.resolve(entry.getKey()), entry.getValue());
    }
  }

  /**
   * Runs the network on a picture of any size.
   *
   * @param wanted the layers to return
   * @throws UserError where a layer is not this network's, or the picture has another size than the
   *     network's and {@code do_resize} is false
   */
  public Activations run(Picture picture, List<Layer> wanted) {
    List<Place> places = wanted.stream().map(l -> layers.find(l.name())).toList();
    return pass.observe(
        picture,
        places.stream().map(Place::port).toList(),
        (seen, slot) -> pass.rendered(seen, slot, places.stream().map(p -> p.read(slot)).toList()));
  }

  /**
   * Cuts the network after a layer.
   *
   * @throws UserError where the layer is not this network's
   */
  public Tail tail(Layer at) {
    Layer own = layers.find(at.name()).layer();
    return new Tail(file, tensors, layers, pass, own, options.threads());
  }

  /** Threads that one run may use. */
  public int threads() {
    return options.threads();
  }

  /** Frees the sessions; runs under way end first. */
  @Override
  public void close() {
    pass.close();
  }
}
