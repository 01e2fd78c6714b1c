package org.compnn.database.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.compnn.database.Annex;
import org.compnn.database.Layout;
import org.compnn.database.Manifest;
import org.compnn.database.ManifestFile;
import org.compnn.database.SetFile;
import org.compnn.database.SetFit;
import org.compnn.database.SetManifest;
import org.compnn.files.FileNames;
import org.compnn.files.FileTree;
import org.compnn.files.WholeFile;
import org.compnn.kernels.TransformCode;
import org.compnn.network.Layer;
import org.compnn.npy.ElementType;
import org.compnn.problem.UserError;

/**
 * Writes what makes databases a set: their common statistics, their order and their seals. A set is
 * whole at every moment; its description changes in one step.
 */
public final class SetWriting {
  private SetWriting() {}

  /**
   * Makes a set of finished databases, in their order, with the statistics of all their cells. They
   * stay where they are, and are called as their folders.
   *
   * @param folder the set's, which no set is in yet
   * @param places the databases' folders, at least one
   * @throws UserError if they do not fit each other, or have an id twice
   */
  static void assemble(Path folder, List<Path> places) throws IOException {
    List<SetManifest.Shard> shards = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    int next = 0;
    Optional<SetManifest> set = Optional.empty();
    for (Path place : places) {
      Manifest manifest = ManifestFile.read(place);
      if (set.isEmpty()) {
        set = Optional.of(like(manifest));
      }
      check(set.get(), place, manifest, ids);
      shards.add(shard(unused(shards, place), location(folder, place), place, next, manifest));
      next = Math.addExact(next, manifest.exemplars().size());
    }
    Files.deleteIfExists(WholeFile.aside(folder.resolve(SetFile.NAME)));
    write(folder, restated(folder, set.orElseThrow().withShards(shards, next)));
  }

  /** What a set with these shards can call another. */
  static String unused(List<SetManifest.Shard> shards, Path place) {
    FileNames names = new FileNames();
    shards.forEach(shard -> names.unique(shard.name(), "shard"));
    Path own = place.toAbsolutePath().normalize().getFileName();
    return names.unique(own == null ? "shard" : own.toString(), "shard");
  }

  /** What lies in the set's folder or beside it is found again when both are moved together. */
  static String location(Path folder, Path place) {
    Path set = folder.toAbsolutePath().normalize();
    Path whole = place.toAbsolutePath().normalize();
    Path around = set.getParent();
    return whole.startsWith(set) || (around != null && whole.startsWith(around))
        ? set.relativize(whole).toString().replace('\\', '/')
        : whole.toString();
  }

  /** A set without shards and statistics, of databases like that one. */
  private static SetManifest like(Manifest manifest) {
    return new SetManifest(
        SetFile.FORMAT,
        SetFile.VERSION,
        manifest.network(),
        manifest.input(),
        manifest.output(),
        manifest.elements(),
        manifest.sideBySide(),
        manifest.layers().stream()
            .map(layer -> new SetManifest.LayerStatistics(layer, List.of(), List.of(), List.of()))
            .toList(),
        List.of(),
        0,
        0);
  }

  /**
   * Whether a database can be a shard.
   *
   * @param ids those of the set's exemplars; those of the database are added
   * @throws UserError if not
   */
  static void check(SetManifest set, Path place, Manifest manifest, Set<String> ids) {
    SetFit.difference(set, manifest)
        .ifPresent(
            difference -> {
              throw new UserError(place + ": " + difference);
            });
    for (Manifest.ExemplarEntry exemplar : manifest.exemplars()) {
      if (!ids.add(exemplar.id())) {
        throw new UserError(
            "%s: expected pictures that the set has not, found '%s' in both; leave it out of one of them"
                .formatted(place, exemplar.id()));
      }
    }
  }

  static SetManifest.Shard shard(
      String name, String location, Path place, int first, Manifest manifest) throws IOException {
    return new SetManifest.Shard(
        name, location, first, manifest.exemplars().size(), SetFile.seal(place));
  }

  /** The same set with the statistics of all cells that its shards have now. */
  static SetManifest restated(Path folder, SetManifest set) {
    List<SetManifest.LayerStatistics> layers = new ArrayList<>();
    for (SetManifest.LayerStatistics each : set.layers()) {
      Layer layer = each.layer().layer();
      if (set.elements() == ElementType.CODED) {
        TransformCode code = new TransformCode(scale(folder, set, layer));
        layers.add(
            SetManifest.LayerStatistics.of(
                each.layer(), code.mean(), code.deviation(), new float[0]));
        continue;
      }
      ChannelSums all = ChannelSums.none(layer.channels());
      for (SetManifest.Shard shard : set.shards()) {
        all = all.and(LayerSums.of(shard.folder(folder), layer.name()));
      }
      layers.add(
          SetManifest.LayerStatistics.of(
              each.layer(), all.means(), all.deviations(), scale(folder, set, layer)));
    }
    return new SetManifest(
        set.format(),
        set.version(),
        set.network(),
        set.input(),
        set.output(),
        set.elements(),
        set.sideBySide(),
        layers,
        set.shards(),
        set.next(),
        set.exemplars());
  }

  /** What a layer's cells are stored by, which all shards have in common. */
  private static float[] scale(Path folder, SetManifest set, Layer layer) {
    if (Layout.scales(set.elements()).isEmpty()) {
      return new float[0];
    }
    float[] common = new float[0];
    for (SetManifest.Shard shard : set.shards()) {
      Path place = shard.folder(folder);
      float[] own = scale(place, ManifestFile.read(place), layer.name());
      if (common.length > 0 && !Arrays.equals(own, common)) {
        throw otherSteps(place, set.elements(), layer.name());
      }
      common = own;
    }
    return common;
  }

  static float[] scale(Path place, Manifest manifest, String layer) {
    return StoredScales.of(place, manifest, StoredScales.layer(manifest, layer));
  }

  static UserError otherSteps(Path place, ElementType elements, String layer) {
    return new UserError(
        "%s: expected %s of the set in layer %s, found others; index its pictures into the set instead"
            .formatted(
                place,
                elements == ElementType.CODED ? "cells in the code" : "signed bytes in the steps",
                layer));
  }

  /** Puts the description in the place of any that is there. */
  static void write(Path folder, SetManifest set) throws IOException {
    WholeFile.write(folder.resolve(SetFile.NAME), SetFile.text(set));
    WholeFile.sync(folder);
  }

  /** Removes the lists of a set whose statistics or numbers change: at no moment are they wrong. */
  static void removeLists(Path folder, SetManifest set) throws IOException {
    for (SetManifest.LayerStatistics each : set.layers()) {
      Path layer = folder.resolve(each.layer().folder());
      if (!Files.isDirectory(layer)) {
        continue;
      }
      for (Path lists : Annex.below(layer)) {
        AnnexDraft.discard(WholeFile.aside(lists));
        // The description goes before the rest: what is left of lists is none.
        Files.deleteIfExists(lists.resolve(Annex.FILE));
        FileTree.remove(lists);
      }
      try (var entries = Files.list(layer)) {
        for (Path aside : entries.filter(e -> e.toString().endsWith(WholeFile.ASIDE)).toList()) {
          AnnexDraft.discard(aside);
        }
      }
    }
  }
}
