package org.compnn.database.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.compnn.database.SetFile;
import org.compnn.database.SetManifest;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.Pair;
import org.compnn.files.Checksum;
import org.compnn.files.Json;
import org.compnn.files.SealedJson;
import org.compnn.files.WholeFile;
import org.compnn.network.FeatureMap;
import org.compnn.network.Layer;
import org.compnn.network.Network;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.threads.Workers;
import tools.jackson.core.JacksonException;

/**
 * What the cells of all shards of a set are stored by: the steps of signed bytes, which follow from
 * the largest magnitudes of the whole training set, or a code, which is learnt from a sample of it.
 * So the network runs over these once before the shards are built. It is noted, so that a build
 * that goes on has the same.
 */
final class CommonScales {
  static final String FILE = "scales.json";

  private final Network network;
  private final Dataset dataset;
  private final IndexSettings settings;
  private final Function<Progress, List<float[]>> made;
  private final Path file;

  /**
   * @param made works them out
   */
  CommonScales(
      Network network,
      Dataset dataset,
      IndexSettings settings,
      Path folder,
      Function<Progress, List<float[]>> made) {
    this.network = network;
    this.dataset = dataset;
    this.settings = settings;
    this.made = made;
    this.file = folder.resolve(SetFile.SHARDS).resolve(FILE);
  }

  /**
   * @param of what they were worked out from
   * @param scales for each layer
   */
  record Noted(String of, List<List<Double>> scales) {
    Noted {
      scales = List.copyOf(scales);
    }
  }

  void remove() throws IOException {
    Files.deleteIfExists(file);
  }

  /** For each layer; worked out only if that was not done before. */
  List<float[]> of(Progress progress) throws IOException {
    List<Layer> layers = layers(network, settings);
    String of =
        Checksum.of(
            settings.elements()
                + network.hash()
                + NetworkFiles.configuration(network)
                + layers.stream().map(Layer::name).collect(Collectors.joining("\n"))
                + dataset.pairs().stream().map(Pair::id).collect(Collectors.joining("\n")));
    Optional<Noted> noted = noted().filter(n -> n.of().equals(of));
    if (noted.isPresent()) {
      return noted.get().scales().stream().map(SetManifest.LayerStatistics::floats).toList();
    }
    List<float[]> scales = made.apply(progress);
    WholeFile.write(
        file,
        SealedJson.text(
            new Noted(
                of,
                scales.stream()
                    .map(
                        scale ->
                            IntStream.range(0, scale.length)
                                .mapToObj(c -> (double) scale[c])
                                .toList())
                    .toList())));
    return scales;
  }

  private Optional<Noted> noted() throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      SealedJson sealed = SealedJson.read(file);
      return sealed.isWhole()
          ? Optional.of(Json.read(sealed.tree(), Noted.class))
          : Optional.empty();
    } catch (JacksonException e) {
      // What is not known to be whole is worked out again.
      return Optional.empty();
    }
  }

  private static List<Layer> layers(Network network, IndexSettings settings) {
    return settings.layers().stream()
        .flatMap(term -> network.layersNamed(term).stream())
        .distinct()
        .toList();
  }

  /** The steps that just reach the largest magnitudes. */
  static List<float[]> steps(List<float[]> peaks) {
    return peaks.stream().map(CommonScales::scale).toList();
  }

  private static float[] scale(float[] peak) {
    List<Float> highest = new ArrayList<>();
    for (float each : peak) {
      highest.add(each);
    }
    return new ChannelSums(0, List.of(), List.of(), highest).scales();
  }

  /** The largest magnitudes over all pairs of a data set: for each layer, per channel. */
  static List<float[]> peaks(
      Network network, Dataset dataset, IndexSettings settings, Progress progress) {
    List<Layer> layers = layers(network, settings);
    List<float[]> peaks = new ArrayList<>();
    layers.forEach(layer -> peaks.add(new float[layer.channels()]));
    try (Workers workers = Workers.of(settings.threads());
        Progress.Task task =
            progress.begin("measuring layers", "pictures", dataset.pairs().size())) {
      workers.run(
          dataset.pairs().size(),
          (number, thread) -> {
            measure(network, dataset, number, layers, peaks);
            task.advance(1);
          });
    }
    return peaks;
  }

  private static void measure(
      Network network, Dataset dataset, int number, List<Layer> layers, List<float[]> peaks) {
    Pair.Content content;
    try {
      content = dataset.pairs().get(number).read();
    } catch (UserError e) {
      if (dataset.skipsBroken()) {
        // Said when its shard is built.
        return;
      }
      throw e;
    }
    var activations = network.run(content.sample(), layers);
    for (int i = 0; i < layers.size(); i++) {
      FeatureMap map = activations.frame().repeated(activations.layers().get(i));
      float[] own = ChannelStatistics.of(map).peak();
      float[] peak = peaks.get(i);
      synchronized (peaks) {
        for (int c = 0; c < peak.length; c++) {
          peak[c] = Math.max(peak[c], own[c]);
        }
      }
    }
  }
}
