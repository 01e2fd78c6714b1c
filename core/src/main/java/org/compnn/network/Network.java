package org.compnn.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.compnn.image.Picture;
import org.compnn.image.PictureSize;
import org.compnn.network.geometry.Trace;
import org.compnn.network.graph.Attributes;
import org.compnn.network.graph.Graph;
import org.compnn.network.graph.OnnxFile;
import org.compnn.network.graph.Port;
import org.compnn.network.graph.QueryMasks;
import org.compnn.network.graph.Tensors;
import org.compnn.network.run.Probe;
import org.compnn.network.run.Running;
import org.compnn.network.run.Settled;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;

/**
 * A network for pixels, read from an ONNX file: one picture in, class scores or a picture out, and
 * layers in between that can be looked at. The file is never changed. Safe for use by many threads.
 */
public final class Network implements AutoCloseable {
  private final OnnxFile file;
  private final NetworkOptions options;
  private final Running running;
  private final OutputSettings outputSettings;
  private final InputSettings inputSettings;
  private final List<InputPart> inputs;
  private final Preprocessing preprocessing;
  private final SpatialOutput spatial;
  private final Output output;
  private final Tensors tensors;
  private final Layers layers;
  private final Canvas canvas;
  private final Size shown;
  private final FinerLayers finer;
  private final ForwardPass pass;

  private Network(
      OnnxFile read, NetworkOptions options, Supplier<Optional<PictureSize>> mostCommon) {
    this.options = options;
    this.running = new Running(options.threads(), options.timeout());
    this.outputSettings = OutputSettings.beside(read, options);
    this.inputSettings = InputSettings.beside(read, options);
    JoinedInputs joined = JoinedInputs.of(read, inputSettings.inputNumbers());
    PictureInput input = PictureInput.of(joined, inputSettings.tiling());
    this.inputs = input.parts();
    this.preprocessing = inputSettings.preprocessing(input, mostCommon);
    Tiling tiling = tiling(joined.file(), input);
    Port port = input.port(tiling.window());
    OnnxFile settled = Settled.branches(joined.file(), port, running);
    Tensors own = probed(settled, port);
    Optional<OnnxFile> paired = PairedOutputs.combined(settled, outputSettings.outputName(), own);
    this.file = paired.orElse(settled);
    Graph graph = file.graph();
    this.tensors = paired.isPresent() ? probed(file, port) : own;
    Trace trace = Trace.of(graph, tensors, port, input.channelsLast());
    this.spatial =
        SpatialOutput.of(file, outputSettings.outputName(), tensors, trace, input, tiling.window());
    this.output =
        inputSettings.reduced(
            outputSettings.output(spatial, Ending.of(graph, spatial.tensor()), classes(graph)));
    this.layers = Layers.of(file, tensors, trace, input.tensor(), spatial.tensor());
    this.canvas =
        Canvas.of(
            file.path(),
            preprocessing.size(),
            tiling,
            inputSettings.padding(),
            spatial,
            layers.listed());
    this.shown = shown(trace);
    this.finer = new FinerLayers(file, tensors, trace, spatial, canvas, shown);
    this.pass =
        new ForwardPass(file, input, preprocessing, spatial, output, shown, canvas, running);
  }

  private Tensors probed(OnnxFile of, Port input) {
    Graph graph = of.graph();
    return Probe.ask(
        of,
        input,
        graph.outputs(graph.dependents(List.of(input.tensor()))),
        Trace.parameters(graph),
        running);
  }

  private Tiling tiling(OnnxFile read, PictureInput input) {
    return inputSettings
        .tiling()
        .orElseGet(() -> new Tiling(Fitting.of(read, input, preprocessing.size(), running), 0));
  }

  /**
   * The size that the output is shown and measured at: the input's, where the network gives a
   * coarser grid over all of it. Where convolutions without padding cut its edges off, a coarser
   * grid is none.
   */
  private Size shown(Trace trace) {
    Size own = new Size(canvas.rows(spatial.rows()), canvas.columns(spatial.columns()));
    Size picture = preprocessing.size();
    boolean coarser =
        own.height() <= picture.height() && own.width() <= picture.width() && !own.equals(picture);
    boolean cut =
        trace
            .grid(spatial.tensor())
            .filter(g -> g.vertical().stride() <= 1 && g.horizontal().stride() <= 1)
            .isPresent();
    return outputSettings.size() == OutputSize.PICTURE
            && coarser
            && !cut
            && !(output instanceof Output.Image)
        ? picture
        : own;
  }

  /** How many classes the arg max tells apart that an output of indices comes of. */
  private OptionalInt classes(Graph graph) {
    return Ending.argMax(graph, spatial.tensor())
        .flatMap(
            max ->
                tensors
                    .type(max.getInput(0))
                    .map(
                        t ->
                            Math.toIntExact(
                                t.dim(
                                    Math.floorMod(
                                        (int) Attributes.number(max, "axis", 0), t.rank())))))
        .map(OptionalInt::of)
        .orElse(OptionalInt.empty());
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
    return open(modelOrFolder, options, Optional::empty);
  }

  /**
   * Opens a network for pictures of which some share a size, so that a network of free size whose
   * {@code preprocessor_config.json} sizes pictures by their edges has one input for all.
   *
   * @param mostCommon the size that most pictures have; asked only if the input's size hangs on it
   * @throws UserError as {@link #open(Path, NetworkOptions)}
   */
  public static Network open(
      Path modelOrFolder, NetworkOptions options, Supplier<Optional<PictureSize>> mostCommon) {
    return new Network(OnnxFile.read(modelOrFolder), options, mostCommon);
  }

  /** The model file. */
  public Path file() {
    return file.path();
  }

  /** SHA-256 of the model, its external data included, in lower-case hexadecimal. */
  public String hash() {
    return file.hash();
  }

  /** What the network reads: the picture first, further inputs after it. */
  public List<InputPart> inputs() {
    return inputs;
  }

  /** How pictures become the input. */
  public Preprocessing preprocessing() {
    return preprocessing;
  }

  /** What nobody said about this network and what it therefore assumes, a line for each. */
  public List<Assumption> assumptions() {
    List<Assumption> all = new ArrayList<>(inputSettings.assumed());
    if (!spatial.others().isEmpty()) {
      all.add(
          Assumption.about(
              Knob.OUTPUT,
              "%s is the output, not %s, since it is the first of the largest"
                  .formatted(spatial.name(), String.join(" or ", spatial.others()))));
    }
    if (spatial.name().equals(QueryMasks.SCORES)) {
      all.add(
          Assumption.about(
              Knob.OUTPUT,
              "the outputs are queries and masks; the scores of a class are its shares in all"
                  + " queries times their masks, summed up"));
    }
    all.addAll(outputSettings.assumed());
    // What a database's own copy remembers is not said twice.
    Set<String> told = new HashSet<>();
    return all.stream().filter(each -> told.add(each.what())).toList();
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
    return shown.height();
  }

  public int outputWidth() {
    return shown.width();
  }

  /** The layers worth looking at, from input to output. */
  public List<Layer> layers() {
    return layers.listed().stream().flatMap(l -> canvas.shown(l).stream()).toList();
  }

  /**
   * A layer by its tensor's name or one of its aliases, those not listed included. With {@code
   * @output} behind it, its cells are brought to the output's grid as the network's scores are.
   *
   * @throws UserError where there is none, it lists names that are close; or where it is as fine as
   *     the output
   */
  public Layer layer(String nameOrAlias) {
    Optional<FinerLayer> made = finer(nameOrAlias);
    if (made.isPresent()) {
      return made.get().layer();
    }
    Layer found = layers.find(nameOrAlias).layer();
    return canvas
        .shown(found)
        .orElseThrow(
            () ->
                UserError.about(
                        Knob.TILE,
                        "%s: the cells of %s (%dx%d) do not lie on one grid over tiles of %s; choose another layer, larger tiles or a smaller overlap"
                            .formatted(
                                file.path(),
                                nameOrAlias,
                                found.rows(),
                                found.columns(),
                                canvas.window()))
                    .and(Knob.TILE_OVERLAP));
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
    files.put(Configuration.PREPROCESSOR, inputSettings.file(preprocessing, canvas, assumptions()));
    files.put(Configuration.CONFIG, outputSettings.file(output, spatial.name()));
    return files;
  }

  /** The names of the files that {@link #copyTo} writes, with forward slashes. */
  public List<String> copied(String modelName) {
    List<String> names = new ArrayList<>(List.of(modelName));
    for (Path external : file.externalData()) {
      names.add(file.folder().relativize(external).toString().replace('\\', '/'));
    }
    names.addAll(configuration().keySet());
    return names;
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
    return run(Sample.of(picture), wanted);
  }

  /**
   * Runs the network on a picture and what else its {@link #inputs} read.
   *
   * @throws UserError as {@link #run(Picture, List)}, and where an input has nothing to read
   */
  public Activations run(Sample sample, List<Layer> wanted) {
    return run(sample, wanted, List.of());
  }

  /**
   * Runs the network on a picture as another run did. ONNX Runtime joins operators where nobody
   * asks for the tensor between, and what is joined rounds differently (attention, float16):
   * numbers are the same bit for bit only where the same layers are laid open.
   *
   * @param wanted the layers to return
   * @param open further layers that the other run laid open
   * @throws UserError as {@link #run(Sample, List)}
   */
  public Activations run(Sample sample, List<Layer> wanted, List<Layer> open) {
    Frame frame = pass.frame(sample.picture());
    return pass.run(pass.laid(sample, frame), frame, readings(wanted), readings(open));
  }

  /**
   * Runs the network on a sample, for callers that use arrays again.
   *
   * @param arrays gives an array of a length, whatever is in it, for the cells of a layer; called
   *     by the calling thread
   * @throws UserError as {@link #run(Sample, List)}
   */
  public Activations run(Sample sample, List<Layer> wanted, IntFunction<float[]> arrays) {
    Frame frame = pass.frame(sample.picture());
    return pass.run(pass.laid(sample, frame), frame, readings(wanted), arrays);
  }

  /**
   * Where a picture lies in the network's input.
   *
   * @throws UserError as {@link #run(Picture, List)}
   */
  public Frame frame(Picture picture) {
    return pass.frame(picture);
  }

  /**
   * A picture as the network sees it, without running it.
   *
   * @throws UserError as {@link #run(Sample, List)}
   */
  public Picture seen(Sample sample) {
    return pass.laid(sample, pass.frame(sample.picture())).picture();
  }

  /** Whether the network reads one picture and nothing else. */
  public boolean readsOnlyAPicture() {
    return inputs.size() == 1 && inputs.getFirst().kind() == InputPart.Kind.PICTURE;
  }

  /**
   * Runs the network on a picture that is already as the network sees it, such as one put together
   * from its inputs.
   *
   * @param input of the input's size
   * @param frame where it holds picture
   * @param wanted the layers to return
   * @throws UserError where the network reads more than a picture
   */
  public Activations run(Picture input, Frame frame, List<Layer> wanted) {
    return run(input, frame, wanted, List.of());
  }

  /** The same with further layers laid open, see {@link #run(Sample, List, List)}. */
  public Activations run(Picture input, Frame frame, List<Layer> wanted, List<Layer> open) {
    return pass.run(pass.seen(input), frame, readings(wanted), readings(open));
  }

  /**
   * Runs the network as if its numbers were made of pixels in another way, to see whether that
   * suits it better; no layers.
   *
   * @param how scale, mean, deviation and order of channels; size and framing stay its own
   */
  public Activations run(Picture picture, Preprocessing how) {
    Frame frame = pass.frame(picture);
    return pass.run(pass.laid(Sample.of(picture), frame), frame, List.of(), List.of(), how);
  }

  private List<Reading> readings(List<Layer> named) {
    return named.stream().map(l -> reading(l.name())).toList();
  }

  private Reading reading(String name) {
    Optional<FinerLayer> made = finer(name);
    return made.isPresent() ? made.get() : layers.find(name);
  }

  private Optional<FinerLayer> finer(String name) {
    return layers.place(name).isPresent()
        ? Optional.empty()
        : FinerLayers.base(name).map(base -> finer.of(layers.find(base)));
  }

  /**
   * Cuts the network after a layer.
   *
   * @throws UserError where the layer is not this network's or was brought to the output's grid, or
   *     the network runs in tiles
   */
  public Tail tail(Layer at) {
    Optional<FinerLayer> made = finer(at.name());
    if (made.isPresent()) {
      throw UserError.about(
          Knob.LIST_LAYERS,
          "%s: cannot be cut at %s, since cells between those of the network cannot be put back; cut at %s"
              .formatted(file.path(), at.name(), made.get().place().layer().name()));
    }
    Layer own = layers.find(at.name()).layer();
    if (canvas.tiled()) {
      throw UserError.about(
          Knob.TILE,
          "%s: cannot be cut at %s, since it runs in tiles of %s and what crosses the cut differs in each; open it at a size that it takes whole"
              .formatted(file.path(), own.name(), canvas.window()));
    }
    return new Tail(file, tensors, layers, canvas, pass, own, running);
  }

  /**
   * What is done to pictures that the network does not take as they are, a line for each: padding,
   * tiles, a batch of several.
   */
  public List<String> adjustments() {
    return pass.adjustments();
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
