package org.compnn.database.build;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.compnn.database.Learned;
import org.compnn.database.Manifest;
import org.compnn.dataset.Pair;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.image.Resample;
import org.compnn.image.Resize;
import org.compnn.image.ValueMap;
import org.compnn.kernels.CellCodec;
import org.compnn.network.Activations;
import org.compnn.network.FeatureMap;
import org.compnn.network.Frame;
import org.compnn.network.Framing;
import org.compnn.network.Layer;
import org.compnn.network.Network;
import org.compnn.network.Probabilities;
import org.compnn.npy.ElementType;
import org.compnn.problem.UserError;

/** Runs the network on training pairs and turns what comes out into the bytes of shards. */
final class Embedding {
  private final Network network;
  private final List<Layer> layers;
  private final ElementType elements;
  private final Optional<Palette> palette;
  private final List<CellCodec> codecs;
  private final Spare<float[]> maps = new Spare<>(float[]::new);
  private final Spare<byte[]> stored = new Spare<>(byte[]::new);

  /**
   * @param elements float32 or float16
   */
  Embedding(Network network, List<Layer> layers, ElementType elements, Optional<Palette> palette) {
    this(network, layers, elements, palette, Collections.nCopies(layers.size(), new float[0]));
  }

  /**
   * @param scales for each layer what its numbers are stored by, see {@link CellCodec}
   */
  Embedding(
      Network network,
      List<Layer> layers,
      ElementType elements,
      Optional<Palette> palette,
      List<float[]> scales) {
    this.network = network;
    this.layers = layers;
    this.elements = elements;
    this.palette = palette;
    this.codecs = scales.stream().map(scale -> new CellCodec(elements, scale)).toList();
  }

  /**
   * One exemplar, ready to be stored.
   *
   * @param columns the bytes of input, target (black or unlabelled where there is none),
   *     prediction, how well the target was learned where the network {@link #learns}, and of each
   *     layer's cells
   * @param statistics of each layer's cells as they are stored
   * @param networkNanos how long the network ran
   * @param frame where the picture lay in the network's input
   * @param prediction the network's output
   */
  record Embedded(
      Manifest.ExemplarEntry entry,
      Manifest.Extent input,
      Manifest.OutputEntry output,
      List<byte[]> columns,
      List<ChannelSums> statistics,
      long networkNanos,
      Frame frame,
      Raster prediction) {
    Embedded {
      columns = List.copyOf(columns);
      statistics = List.copyOf(statistics);
    }
  }

  /**
   * @param content what was read of the pair
   * @throws UserError if the pair does not fit the network
   */
  Embedded embed(Pair pair, Pair.Content content) {
    Optional<Raster> target = content.target();
    long begin = System.nanoTime();
    Activations activations = network.run(content.sample(), layers, maps);
    long networkNanos = System.nanoTime() - begin;

    Raster prediction = activations.prediction();
    List<byte[]> columns = new ArrayList<>();
    Optional<Raster> fitted = target.map(t -> fit(laid(t, activations), prediction, pair.id()));
    columns.add(activations.input().rgb());
    columns.add(fitted.map(Embedding::pixels).orElseGet(() -> blank(prediction)));
    columns.add(pixels(prediction));
    if (learns()) {
      columns.add(
          fitted
              .map(labels -> learned(activations, labels))
              .orElseGet(() -> Learned.none(prediction.height() * prediction.width()).bytes()));
    }
    List<ChannelSums> statistics = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      FeatureMap map = activations.frame().repeated(activations.layers().get(i));
      checkShape(map, layers.get(i), pair.id());
      byte[] bytes =
          stored.apply(
              Math.multiplyExact(map.rows() * map.columns(), elements.cellBytes(map.channels())));
      LayerColumn column = LayerColumn.of(map, elements, codecs.get(i), bytes);
      checkNumbers(column.highest(), layers.get(i), pair.id());
      columns.add(bytes);
      statistics.add(ChannelSums.of(column.statistics()));
      float[] used = activations.layers().get(i).cells();
      maps.giveBack(used, used.length);
    }
    return new Embedded(
        new Manifest.ExemplarEntry(
            pair.id(), pair.tags(), target.isPresent(), activations.frame().numbers()),
        new Manifest.Extent(activations.input().height(), activations.input().width()),
        Manifest.OutputEntry.of(prediction, palette),
        columns,
        statistics,
        networkNanos,
        activations.frame(),
        prediction);
  }

  /** Whether the network tells how well it learned a target: it gives probabilities of classes. */
  boolean learns() {
    return Probabilities.has(network.output());
  }

  private byte[] learned(Activations activations, Raster target) {
    return Learned.of(activations.output(), network.output(), (LabelMap) target).bytes();
  }

  /**
   * How well a target is learned of a picture that is stored already.
   *
   * @param input as the network sees it
   * @param frame where that holds picture
   * @param target as it is stored
   */
  byte[] learned(Picture input, Frame frame, byte[] target) {
    Activations activations = network.run(input, frame, List.of(), layers);
    Raster like = activations.prediction();
    return learned(activations, new LabelMap(like.height(), like.width(), target));
  }

  /**
   * A target alone, as it is stored.
   *
   * @param frame where its picture lies in the network's input
   * @param like a prediction
   * @throws UserError if it is no output of this network
   */
  byte[] target(Raster target, Frame frame, Raster like, String id) {
    Raster laid =
        frame.isWhole() ? target : Framing.lay(target, frame, like.height(), like.width());
    return pixels(fit(laid, like, id));
  }

  /** Takes back the bytes of an exemplar's layers, which are written. */
  void giveBack(Embedded written) {
    for (byte[] bytes :
        written
            .columns()
            .subList(written.columns().size() - layers.size(), written.columns().size())) {
      stored.giveBack(bytes, bytes.length);
    }
  }

  /** The target where the network saw its picture, which may be cut or surrounded by padding. */
  private static Raster laid(Raster target, Activations activations) {
    Raster like = activations.prediction();
    return activations.frame().isWhole()
        ? target
        : Framing.lay(target, activations.frame(), like.height(), like.width());
  }

  /** The target at the size of the network's output, in its classes. */
  private Raster fit(Raster target, Raster prediction, String id) {
    return switch (prediction) {
      case LabelMap like when target instanceof LabelMap labels ->
          ofKnownClasses(Resize.labels(labels, like.height(), like.width()));
      case Picture like when target instanceof Picture picture ->
          Resize.picture(picture, like.height(), like.width(), Resample.BILINEAR);
      case ValueMap like when target instanceof ValueMap values ->
          Resize.values(values, like.height(), like.width());
      case LabelMap _ ->
          throw new UserError(
              id
                  + ": expected a label map as target, since the network gives classes, found a"
                  + " picture; name the classes and their colours");
      case Picture _ ->
          throw new UserError(
              id
                  + ": expected a picture as target, since the network gives pictures, found a"
                  + " label map");
      case ValueMap _ ->
          throw new UserError(
              id
                  + ": expected values as target, since the network gives values, found a picture"
                  + " or a label map");
    };
  }

  /** What is no class of the network counts as unlabelled. */
  private LabelMap ofKnownClasses(LabelMap labels) {
    int classes = palette.map(Palette::size).orElse(LabelMap.UNLABELLED);
    byte[] known = labels.classes().clone();
    for (int i = 0; i < known.length; i++) {
      if ((known[i] & 0xff) >= classes) {
        known[i] = (byte) LabelMap.UNLABELLED;
      }
    }
    return new LabelMap(labels.height(), labels.width(), known);
  }

  static byte[] pixels(Raster raster) {
    return switch (raster) {
      case LabelMap labels -> labels.classes();
      case ValueMap values -> values.littleEndian();
      case Picture picture -> picture.rgb();
    };
  }

  private static byte[] blank(Raster like) {
    return switch (like) {
      case Picture picture -> new byte[picture.rgb().length];
      case LabelMap labels -> {
        byte[] blank = new byte[labels.classes().length];
        Arrays.fill(blank, (byte) LabelMap.UNLABELLED);
        yield blank;
      }
      case ValueMap values ->
          ValueMap.unknown(values.height(), values.width(), values.channels()).littleEndian();
    };
  }

  private static void checkShape(FeatureMap map, Layer layer, String id) {
    if (map.rows() != layer.rows()
        || map.columns() != layer.columns()
        || map.channels() != layer.channels()) {
      throw new UserError(
          "%s: expected %d x %d cells of %d channels at layer %s, found %d x %d of %d; fix the input size"
              .formatted(
                  id,
                  layer.rows(),
                  layer.columns(),
                  layer.channels(),
                  layer.name(),
                  map.rows(),
                  map.columns(),
                  map.channels()));
    }
  }

  private void checkNumbers(float highest, Layer layer, String id) {
    if (!Float.isFinite(highest)) {
      throw new UserError(
          "%s: expected finite numbers at layer %s, found %s; check the preprocessing"
              .formatted(id, layer.name(), highest));
    }
    if (elements == ElementType.FLOAT16 && highest > CellCodec.HALF_MAX) {
      throw new UserError(
          "%s: expected numbers up to 65504 (float16) at layer %s, found %g; index with float32 elements"
              .formatted(id, layer.name(), highest));
    }
  }
}
