package org.compnn.database;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.compnn.network.Frame;
import org.compnn.network.Layer;
import org.compnn.npy.NpyArray;

/** The folders whose exemplars are those of one database, one folder after the other. */
final class Members {
  private final List<MappedFolder> folders;
  private final Numbering numbering;
  private final int[] member;

  Members(List<MappedFolder> folders, Numbering numbering) {
    this.folders = folders;
    this.numbering = numbering;
    this.member = new int[numbering.begin()[folders.size()]];
    for (int m = 0; m < folders.size(); m++) {
      Arrays.fill(member, numbering.begin()[m], numbering.begin()[m + 1], m);
    }
  }

  private MappedFolder of(int exemplar) {
    return folders.get(member[exemplar]);
  }

  /** An exemplar's index in its folder. */
  private int within(int exemplar) {
    return exemplar - numbering.begin()[member[exemplar]];
  }

  int exemplars() {
    return member.length;
  }

  Manifest.ExemplarEntry entry(int exemplar) {
    return of(exemplar).exemplars().get(within(exemplar));
  }

  byte[] input(int exemplar) {
    return of(exemplar).input(within(exemplar));
  }

  byte[] target(int exemplar) {
    return of(exemplar).target(within(exemplar));
  }

  byte[] prediction(int exemplar) {
    return of(exemplar).prediction(within(exemplar));
  }

  boolean hasLearned(int exemplar) {
    return of(exemplar).hasLearned(within(exemplar));
  }

  Optional<Learned> learned(int exemplar) {
    return of(exemplar).learned(within(exemplar));
  }

  Optional<Frame> frame(int exemplar) {
    return of(exemplar).frame(within(exemplar));
  }

  Path cellsFile(Layer layer, int exemplar) {
    return of(exemplar).cellsFile(layer, within(exemplar));
  }

  /** The shards of a layer's cells, those of all folders. */
  List<NpyArray> cells(Layer layer) {
    List<NpyArray> shards = new ArrayList<>();
    folders.forEach(folder -> shards.addAll(folder.cells(layer)));
    return shards;
  }

  Places places() {
    return Places.of(folders);
  }

  /** The network's own copy, which every folder has. */
  Path model() {
    return folders.getFirst().folder().resolve(Layout.NETWORK).resolve(Layout.MODEL);
  }

  /** What all files take on the disk. */
  long bytes() {
    return folders.stream().mapToLong(MappedFolder::bytes).sum();
  }
}
