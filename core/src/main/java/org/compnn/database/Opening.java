package org.compnn.database;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.compnn.kernels.TransformCode;
import org.compnn.npy.ElementType;
import org.compnn.npy.NpyArray;
import org.compnn.npy.NpyType;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;

/**
 * What a database is opened from: one folder, or those of a set's shards.
 *
 * @param members in the order of their exemplars
 * @param statistics for each layer
 */
record Opening(
    Common common, List<MappedFolder> members, Numbering numbering, List<Statistics> statistics) {
  Opening {
    members = List.copyOf(members);
    statistics = List.copyOf(statistics);
  }

  /**
   * What a layer's cells are standardised by, per channel.
   *
   * @param scale what they are stored in steps of, or their code book; empty where they are not
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Statistics(float[] mean, float[] deviation, float[] scale) {}

  /** Opens a database of one folder. */
  static Opening ofDatabase(Path folder, Arena arena) {
    Manifest manifest = MappedFolder.checked(folder);
    List<Statistics> statistics = new ArrayList<>();
    for (Manifest.LayerEntry layer : manifest.layers()) {
      statistics.add(
          new Statistics(
              perChannel(folder, layer, Layout.MEAN, arena),
              perChannel(folder, layer, Layout.DEVIATION, arena),
              scale(folder, manifest, layer, arena)));
    }
    return new Opening(
        Common.of(manifest),
        List.of(new MappedFolder(folder, manifest, arena)),
        Numbering.of(manifest.exemplars().size()),
        statistics);
  }

  private static float[] scale(
      Path folder, Manifest manifest, Manifest.LayerEntry layer, Arena arena) {
    return switch (manifest.elements()) {
      case FLOAT32, FLOAT16 -> new float[0];
      case INT8 -> perChannel(folder, layer, Layout.SCALE, arena);
      case CODED -> codebook(folder, layer, arena);
    };
  }

  /** The code book of a layer's cells. */
  static float[] codebook(Path folder, Manifest.LayerEntry layer, Arena arena) {
    int channels = layer.channels();
    NpyArray array =
        NpyArray.map(folder.resolve(layer.folder()).resolve(Layout.CODEBOOK), arena)
            .expect(NpyType.FLOAT32, TransformCode.HEAD + channels, channels);
    float[] numbers = array.floats();
    String wrong = "expected the layer's means and deviations, found others";
    try {
      TransformCode code = new TransformCode(numbers);
      if (Arrays.equals(code.mean(), perChannel(folder, layer, Layout.MEAN, arena))
          && Arrays.equals(code.deviation(), perChannel(folder, layer, Layout.DEVIATION, arena))) {
        return numbers;
      }
    } catch (IllegalArgumentException e) {
      wrong = String.valueOf(e.getMessage());
    }
    throw UserError.about(
        Knob.VERIFY,
        "%s: %s in the code of layer %s; copy the database again, or delete its folder and index the data set again"
            .formatted(array.file(), wrong, layer.name()));
  }

  private static float[] perChannel(
      Path folder, Manifest.LayerEntry layer, String name, Arena arena) {
    NpyArray array =
        NpyArray.map(folder.resolve(layer.folder()).resolve(name), arena)
            .expect(NpyType.FLOAT32, layer.channels());
    float[] numbers = array.floats();
    for (float number : numbers) {
      // Cells are divided by deviations and made of steps; means may be anything finite.
      if (!Float.isFinite(number) || (number <= 0 && !name.equals(Layout.MEAN))) {
        throw UserError.about(
            Knob.VERIFY,
            "%s: expected %s for layer %s, found %s; copy the database again, or delete its folder and index the data set again"
                .formatted(
                    array.file(),
                    name.equals(Layout.MEAN) ? "finite numbers" : "numbers greater than 0",
                    layer.name(),
                    number));
      }
    }
    return numbers;
  }

  /**
   * Opens a set.
   *
   * @param without names of shards that are left out
   */
  static Opening ofSet(Path folder, Collection<String> without, Arena arena) {
    SetManifest set = SetFile.read(folder);
    refuseUnknown(folder, set, without);
    List<MappedFolder> members = new ArrayList<>();
    List<SetManifest.Shard> there =
        set.shards().stream().filter(shard -> !without.contains(shard.name())).toList();
    if (there.isEmpty()) {
      throw UserError.about(
          Knob.WITHOUT_SHARD, folder + ": expected at least one shard, found all left out");
    }
    int[] first = new int[there.size()];
    int[] begin = new int[there.size() + 1];
    for (int i = 0; i < first.length; i++) {
      SetManifest.Shard shard = there.get(i);
      Path place = shard.folder(folder);
      refuseOther(folder, shard, place);
      Manifest manifest = MappedFolder.checked(place);
      refuseUnfit(set, shard, place, manifest);
      members.add(new MappedFolder(place, manifest, arena));
      first[i] = shard.first();
      begin[i + 1] = begin[i] + shard.exemplars();
    }
    return new Opening(
        set.common(),
        members,
        new Numbering(first, begin, set.next()),
        set.layers().stream().map(layer -> ofSet(set, layer, members, arena)).toList());
  }

  private static Statistics ofSet(
      SetManifest set, SetManifest.LayerStatistics layer, List<MappedFolder> members, Arena arena) {
    return new Statistics(
        SetManifest.LayerStatistics.floats(layer.mean()),
        SetManifest.LayerStatistics.floats(layer.deviation()),
        set.elements() == ElementType.CODED
            ? members.getFirst().codebook(layer.layer().layer(), arena)
            : SetManifest.LayerStatistics.floats(layer.scale()));
  }

  static void refuseUnknown(Path folder, SetManifest set, Collection<String> without) {
    List<String> names = set.shards().stream().map(SetManifest.Shard::name).toList();
    for (String name : without) {
      if (!names.contains(name)) {
        throw UserError.about(
            Knob.WITHOUT_SHARD,
            "%s: expected the name of a shard (%s), found '%s'"
                .formatted(folder, names.stream().collect(Collectors.joining(", ")), name));
      }
    }
  }

  /** A shard that is missing, or not as it was when it came into the set. */
  static void refuseOther(Path folder, SetManifest.Shard shard, Path place) {
    String seal;
    try {
      if (!Files.isRegularFile(place.resolve(ManifestFile.NAME))) {
        throw UserError.about(
            Knob.WITHOUT_SHARD,
            "%s: expected shard %s in %s, found no database there; bring it back, or leave it out"
                .formatted(folder, shard.name(), place));
      }
      seal = SetFile.seal(place);
    } catch (IOException e) {
      throw new UserError(place + ": cannot be read (" + e + ")", e);
    }
    if (!seal.equals(shard.crc32c())) {
      if (Files.isRegularFile(folder.resolve(SetFile.REPLACING))) {
        throw UserError.about(
            Knob.REPLACE,
            "%s: expected the pictures that shard %s had, found others, since their replacement was broken off; replace them again"
                .formatted(folder, shard.name()));
      }
      throw UserError.about(
          Knob.WITHOUT_SHARD,
          "%s: expected shard %s as it was when the set took it in, found %s changed (checksum %s, not %s); take it out of the set and add it again, or leave it out"
              .formatted(
                  folder, shard.name(), place.resolve(ManifestFile.NAME), seal, shard.crc32c()));
    }
  }

  /** Nothing that agrees with its seal is otherwise, unless a description was made by hand. */
  private static void refuseUnfit(
      SetManifest set, SetManifest.Shard shard, Path place, Manifest manifest) {
    if (manifest.exemplars().size() != shard.exemplars()) {
      throw new UserError(
          "%s: expected %d exemplars, found %d; take it out of the set and add it again"
              .formatted(place, shard.exemplars(), manifest.exemplars().size()));
    }
    SetFit.difference(set, manifest)
        .ifPresent(
            difference -> {
              throw new UserError(place + ": " + difference);
            });
  }
}
