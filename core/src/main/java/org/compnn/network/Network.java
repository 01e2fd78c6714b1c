package org.compnn.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.compnn.image.Picture;
import org.compnn.image.Resize;
import org.compnn.network.onnx.NodeProto;
import org.compnn.problem.UserError;

/**
 * A network for pixels, read from an ONNX file: one picture in, class scores or a picture out, and
 * layers in between that can be looked at. The file is never changed. Safe for use by many threads.
 */
public final class Network implements AutoCloseable {
  private final OnnxFile file;
  private final Graph graph;
  private final NetworkOptions options;
  private final Settings settings;
  private final PictureInput input;
  private final Preprocessing preprocessing;
  private final SpatialOutput spatial;
  private final Output output;
  private final Layers layers;
  private final Port inputPort;
  private final Sessions sessions;
  private final Probe probe;

  private Network(OnnxFile file, NetworkOptions options) {
    this.file = file;
    this.options = options;
    this.graph = new Graph(file.model());
    this.settings = Settings.beside(file, options);
    this.input = PictureInput.of(file.path(), graph);
    this.preprocessing = settings.preprocessing(input);
    this.inputPort = input.port(preprocessing.size());
    Set<String> varying = new LinkedHashSet<>();
    graph.dependents(List.of(input.tensor())).stream()
        .mapToObj(graph.nodes()::get)
        .forEach(n -> n.getOutputList().stream().filter(t -> !t.isEmpty()).forEach(varying::add));
    this.probe = Probe.of(file, graph, inputPort, varying);
    Map<String, Sees> seen =
        Trace.of(graph, probe, inputPort, preprocessing.size(), input.channelsLast());
    this.spatial =
        SpatialOutput.of(file.path(), graph, settings.outputName(), seen, probe::type, input);
    this.output =
        settings.output(
            spatial.channels(), graph.maker(spatial.tensor()).map(NodeProto::getOpType).orElse(""));
    this.layers = Layers.of(file.path(), graph, seen, probe::type, input, spatial.tensor());
    this.sessions =
        new Sessions(
            outputs -> new Session(file, graph, List.of(inputPort), outputs, options.threads()));
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
      throw new UserError(
          "%s: expected two listed layers, the first nearer to the input, found '%s'; see compnn layers"
              .formatted(file.path(), term));
    }
    return layers().subList(first, last + 1);
  }

  /**
   * {@code preprocessor_config.json} and {@code config.json} as they must read for this network to
   * open again as it is open now, without options: by file name.
   */
  public Map<String, byte[]> configuration() {
    return settings.files(preprocessing, output, spatial.name());
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
    List<Layers.Place> places = wanted.stream().map(l -> layers.find(l.name())).toList();
    return observe(
        picture,
        places.stream().map(Layers.Place::port).toList(),
        (seen, slot) -> rendered(seen, slot, places.stream().map(p -> read(slot, p)).toList()));
  }

  /** Runs the network on a picture with some tensors exposed besides its output. */
  <T> T observe(Picture picture, List<Port> tensors, BiFunction<Picture, Slot, T> read) {
    // One session serves the same tensors in any order.
    Set<Port> exposed = new TreeSet<>(Comparator.comparing(Port::tensor));
    exposed.addAll(tensors);
    exposed.add(spatial.port());
    Picture seen = fit(picture);
    return sessions.with(
        List.copyOf(exposed),
        session ->
            session.run(
                slot -> input.write(seen, preprocessing, slot.floatsIn(input.tensor())),
                slot -> read.apply(seen, slot)));
  }

  /** What a session that gives the network's output has made of a picture. */
  Activations rendered(Picture seen, Slot slot, List<FeatureMap> maps) {
    FeatureMap raw = rawOutput(slot);
    return new Activations(seen, Rendering.of(raw, output), raw, maps);
  }

  /**
   * Cuts the network after a layer.
   *
   * @throws UserError where the layer is not this network's
   */
  public Tail tail(Layer at) {
    return new Tail(
        this, file, graph, probe, layers.find(at.name()).layer(), inputPort, spatial.port());
  }

  Optional<Layers.Place> place(String tensor) {
    return layers.place(tensor);
  }

  /** A picture as the network sees it, before normalisation. */
  Picture fit(Picture picture) {
    boolean fits = picture.height() == inputHeight() && picture.width() == inputWidth();
    if (fits) {
      return picture;
    }
    if (!preprocessing.resize()) {
      throw new UserError(
          "%s: expected a picture of %dx%d since do_resize is false, found %dx%d"
              .formatted(
                  file.path(), inputHeight(), inputWidth(), picture.height(), picture.width()));
    }
    return Resize.picture(picture, inputHeight(), inputWidth(), preprocessing.resample());
  }

  private FeatureMap rawOutput(Slot slot) {
    int cells = spatial.rows() * spatial.columns();
    return new FeatureMap(
        spatial.rows(),
        spatial.columns(),
        spatial.channels(),
        Cells.read(
            slot.floatsOut(spatial.tensor()), cells, spatial.channels(), spatial.channelsLast()));
  }

  static FeatureMap read(Slot slot, Layers.Place place) {
    Layer layer = place.layer();
    return new FeatureMap(
        layer.rows(),
        layer.columns(),
        layer.channels(),
        Cells.read(
            slot.floatsOut(layer.name()), layer.cells(), layer.channels(), place.channelsLast()));
  }

  /** Threads that one run may use. */
  public int threads() {
    return options.threads();
  }

  /** Frees the sessions; runs under way end first. */
  @Override
  public void close() {
    sessions.close();
  }
}
