package org.compnn.database.build;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.compnn.database.Layout;
import org.compnn.database.Manifest;
import org.compnn.database.ManifestFile;
import org.compnn.database.SetManifest;
import org.compnn.npy.Npy;

/** What the cells of a finished database are stored by: steps of bytes, or code books. */
final class StoredScales {
  private StoredScales() {}

  /** For each layer; empty arrays where the type takes nothing. */
  static List<float[]> of(Path folder, Manifest manifest) {
    return manifest.layers().stream().map(layer -> of(folder, manifest, layer)).toList();
  }

  /** Of one of its layers. */
  static float[] of(Path folder, Manifest manifest, Manifest.LayerEntry layer) {
    return Layout.scales(manifest.elements())
        .map(name -> Npy.floats(folder.resolve(layer.folder()).resolve(name)))
        .orElseGet(() -> new float[0]);
  }

  /** For each layer of a set, what the cells of all its shards are stored by. */
  static List<float[]> of(Path folder, SetManifest set) {
    return switch (set.elements()) {
      case FLOAT32, FLOAT16 -> Collections.nCopies(set.layers().size(), new float[0]);
      case INT8 ->
          set.layers().stream()
              .map(layer -> SetManifest.LayerStatistics.floats(layer.scale()))
              .toList();
      case CODED -> {
        Path place = set.shards().getFirst().folder(folder);
        Manifest manifest = ManifestFile.read(place);
        yield set.layers().stream()
            .map(layer -> of(place, manifest, layer(manifest, layer.layer().name())))
            .toList();
      }
    };
  }

  /** The same as {@link IndexSettings#scales} has it; none where the type takes nothing. */
  static List<float[]> settings(Path folder, SetManifest set) {
    List<float[]> stored = of(folder, set);
    return switch (set.elements()) {
      case FLOAT32, FLOAT16 -> List.of();
      case INT8 -> stored;
      case CODED ->
          IntStream.range(0, stored.size())
              .mapToObj(
                  i ->
                      new Codebook(stored.get(i), set.layers().get(i).layer().coding().getFirst())
                          .packed())
              .toList();
    };
  }

  /** The layer of that name. */
  static Manifest.LayerEntry layer(Manifest manifest, String name) {
    return manifest.layers().stream()
        .filter(layer -> layer.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
