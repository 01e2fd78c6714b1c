package org.compnn.database;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether a database's exemplars can be searched together with those of a set. */
public final class SetFit {
  private SetFit() {}

  /**
   * What is otherwise about a database, as expected and found and what to do; nothing if it fits.
   * Layers of its own that the set has not do no harm.
   */
  public static Optional<String> difference(SetManifest set, Manifest manifest) {
    if (!manifest.network().hash().equals(set.network().hash())) {
      return Optional.of(
          "expected the network of the set (SHA-256 %s), found another (%s); index its pictures with the set's network"
              .formatted(brief(set.network().hash()), brief(manifest.network().hash())));
    }
    if (manifest.elements() != set.elements()) {
      return Optional.of(
          "expected cells of type %s as in the set, found %s; index its pictures with that type"
              .formatted(set.elements(), manifest.elements()));
    }
    if (!manifest.input().equals(set.input())
        || !manifest.output().extent().equals(set.output().extent())
        || manifest.output().kind() != set.output().kind()
        || manifest.output().channels() != set.output().channels()) {
      return Optional.of(
          "expected inputs of %s and outputs of %s (%s) as in the set, found %s and %s (%s); index its pictures at that size"
              .formatted(
                  set.input(),
                  set.output().extent(),
                  set.output().kind(),
                  manifest.input(),
                  manifest.output().extent(),
                  manifest.output().kind()));
    }
    if (!manifest.output().classes().equals(set.output().classes())) {
      return Optional.of(
          "expected the classes of the set (%s), found others (%s); index its pictures with the set's classes"
              .formatted(
                  String.join(", ", set.output().classes()),
                  String.join(", ", manifest.output().classes())));
    }
    for (SetManifest.LayerStatistics each : set.layers()) {
      Manifest.LayerEntry wanted = each.layer();
      List<Manifest.LayerEntry> found =
          manifest.layers().stream().filter(l -> l.name().equals(wanted.name())).toList();
      if (found.isEmpty()) {
        return Optional.of(
            "expected layer %s as in the set, found %s; index its pictures with that layer"
                .formatted(
                    wanted.name(),
                    String.join(
                        ", ", manifest.layers().stream().map(Manifest.LayerEntry::name).toList())));
      }
      Manifest.LayerEntry layer = found.getFirst();
      if (!layer.coding().equals(wanted.coding())) {
        return Optional.of(
            "expected cells in the code of the set in layer %s, found another; index its pictures into the set instead"
                .formatted(wanted.name()));
      }
      if (layer.channels() != wanted.channels()
          || !layer.vertical().equals(wanted.vertical())
          || !layer.horizontal().equals(wanted.horizontal())) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "expected %d x %d cells of %d channels in layer %s as in the set, found %d x %d of"
                    + " %d; index its pictures at that size",
                wanted.vertical().cells(),
                wanted.horizontal().cells(),
                wanted.channels(),
                wanted.name(),
                layer.vertical().cells(),
                layer.horizontal().cells(),
                layer.channels()));
      }
    }
    return Optional.empty();
  }

  private static String brief(String hash) {
    return hash.length() > 12 ? hash.substring(0, 12) + "..." : hash;
  }
}
