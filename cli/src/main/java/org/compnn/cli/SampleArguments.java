package org.compnn.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.compnn.CompNN;
import org.compnn.dataset.SampleFiles;
import org.compnn.explain.Query;
import org.compnn.image.Picture;
import org.compnn.network.Network;
import picocli.CommandLine.Option;

/** What a network reads besides the picture. */
final class SampleArguments {
  @Option(
      names = "--input",
      paramLabel = "NAME=FILE",
      description =
          "File of a further input of the network, such as mask=hole.png. By default the file of"
              + " the same name in a folder called NAME beside that of the picture. Repeatable.")
  private Map<String, Path> inputs = Map.of();

  /** A picture from a file, with what else the network reads. */
  Query query(CompNN compnn, Path file) {
    Network network = compnn.network();
    String name = ExplainCommand.stem(file);
    return network.readsOnlyAPicture() && inputs.isEmpty()
        ? Query.of(name, Picture.read(file))
        : new Query(
            name, SampleFiles.read(List.of(file), network.inputs(), inputs), Optional.empty());
  }
}
