package org.compnn.database.build;

import java.util.List;
import java.util.Optional;
import org.compnn.image.Palette;
import org.compnn.npy.ElementType;

/**
 * How a database is built.
 *
 * @param layers names or aliases of the layers to index, {@code all}, or a range as {@code
 *     bottleneck..penultimate}; at least one
 * @param elements how cells are stored
 * @param threads how many pictures are worked on at once, 1 or more
 * @param force whether what lies in the folder already, a database or one begun, is replaced
 * @param exemplarsPerShard exemplars a file; 0 chooses so that files stay below about 100 MB
 * @param scales for each layer the steps of its signed bytes, where they are not to follow from the
 *     data set; else empty
 * @param palette names and colours of the classes, where they are to be others than the network's
 */
public record IndexSettings(
    List<String> layers,
    ElementType elements,
    int threads,
    boolean force,
    int exemplarsPerShard,
    List<float[]> scales,
    Optional<Palette> palette) {
  public IndexSettings {
    layers = List.copyOf(layers);
    scales = List.copyOf(scales);
    if (layers.isEmpty() || threads < 1 || exemplarsPerShard < 0) {
      throw new IllegalArgumentException("at least one layer and one thread are needed");
    }
  }

  /** float16, all processors, nothing replaced. */
  public static IndexSettings of(List<String> layers) {
    return new IndexSettings(
        layers,
        ElementType.FLOAT16,
        Runtime.getRuntime().availableProcessors(),
        false,
        0,
        List.of(),
        Optional.empty());
  }

  public IndexSettings withLayers(List<String> value) {
    return new IndexSettings(value, elements, threads, force, exemplarsPerShard, scales, palette);
  }

  public IndexSettings withElements(ElementType value) {
    return new IndexSettings(layers, value, threads, force, exemplarsPerShard, scales, palette);
  }

  public IndexSettings withThreads(int value) {
    return new IndexSettings(layers, elements, value, force, exemplarsPerShard, scales, palette);
  }

  public IndexSettings withForce(boolean value) {
    return new IndexSettings(layers, elements, threads, value, exemplarsPerShard, scales, palette);
  }

  public IndexSettings withExemplarsPerShard(int value) {
    return new IndexSettings(layers, elements, threads, force, value, scales, palette);
  }

  public IndexSettings withScales(List<float[]> value) {
    return new IndexSettings(layers, elements, threads, force, exemplarsPerShard, value, palette);
  }

  public IndexSettings withPalette(Palette value) {
    return new IndexSettings(
        layers, elements, threads, force, exemplarsPerShard, scales, Optional.of(value));
  }
}
