package org.compnn.database.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.compnn.database.Layout;
import org.compnn.database.Manifest;
import org.compnn.files.Checksum;
import org.compnn.files.WholeFile;
import org.compnn.image.Palette;
import org.compnn.network.Network;
import org.compnn.network.Output;
import org.compnn.problem.UserError;

/** A network's own folder in a database: model, external data, and how it is used. */
final class NetworkFiles {
  private NetworkFiles() {}

  /**
   * The classes that the network tells apart, if it does.
   *
   * @param wanted names and colours to use for them
   * @throws UserError if it tells apart another number
   */
  static Optional<Palette> palette(Network network, Optional<Palette> wanted) {
    return switch (network.output()) {
      case Output.ClassScores scores -> Optional.of(palette(network, wanted, scores.classes()));
      case Output.SigmoidScore score -> Optional.of(palette(network, wanted, score.classes()));
      case Output.Labels labels -> Optional.of(palette(network, wanted, labels.classes()));
      case Output.Image _, Output.Values _ -> Optional.empty();
    };
  }

  private static Palette palette(Network network, Optional<Palette> wanted, List<String> classes) {
    if (wanted.isPresent() && wanted.get().size() < classes.size()) {
      throw new UserError(
          "%s: expected a palette with the network's %d classes, found %d; name them all"
              .formatted(network.file(), classes.size(), wanted.get().size()));
    }
    return wanted.map(p -> first(p, classes.size())).orElseGet(() -> Palette.of(classes));
  }

  /** A data set may have a class more, for what carries no label. */
  private static Palette first(Palette palette, int classes) {
    return new Palette(
        palette.names().subList(0, classes),
        palette.colours().subList(0, classes),
        OptionalInt.empty());
  }

  /** A checksum of how pictures become the network's input, and its output a picture. */
  static String configuration(Network network) {
    return Checksum.of(
        new TreeMap<>(network.configuration())
            .entrySet().stream()
                .map(file -> file.getKey() + " " + Checksum.of(file.getValue()))
                .collect(Collectors.joining("\n")));
  }

  /** Where the network's files will lie, relative to the database's folder. */
  static List<String> names(Network network) {
    return network.copied(Layout.MODEL).stream().map(name -> Layout.NETWORK + "/" + name).toList();
  }

  /** Copies the network and the files that say how it is used. */
  static List<Manifest.FileEntry> copy(Network network, Path folder) throws IOException {
    Path to = folder.resolve(Layout.NETWORK);
    network.copyTo(to, Layout.MODEL);
    List<Manifest.FileEntry> files = new ArrayList<>();
    try (Stream<Path> copies = Files.walk(to)) {
      for (Path file : copies.filter(Files::isRegularFile).sorted().toList()) {
        WholeFile.sync(file);
        files.add(Manifest.FileEntry.of(folder, file));
      }
    }
    return files;
  }
}
