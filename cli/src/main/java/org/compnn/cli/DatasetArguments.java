package org.compnn.cli;

import java.nio.file.Path;
import java.util.Locale;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.DatasetLayout;
import org.compnn.dataset.DatasetOptions;
import org.compnn.dataset.Direction;
import org.compnn.dataset.TargetFormat;
import org.compnn.network.Network;
import org.compnn.problem.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to read a data set. */
final class DatasetArguments {
  @Option(
      names = "--layout",
      paramLabel = "LAYOUT",
      description = "How the data set lies on disk: ${COMPLETION-CANDIDATES}. Detected by default.")
  private @Nullable DatasetLayout layout;

  @Option(
      names = "--direction",
      paramLabel = "AtoB|BtoA",
      description = "Input half of a side-by-side pair: AtoB the left, BtoA the right.")
  private @Nullable String direction;

  @Option(names = "--skip-broken", description = "Skip pairs that cannot be read, and say which.")
  private boolean skipBroken;

  Dataset open(Path path, Network network) {
    return open(
        path, DatasetOptions.of(TargetFormat.of(network.output())).withInputs(network.inputs()));
  }

  Dataset open(Path path, TargetFormat format) {
    return open(path, DatasetOptions.of(format));
  }

  private Dataset open(Path path, DatasetOptions given) {
    DatasetOptions options = given.withSkipBroken(skipBroken);
    if (layout != null) {
      options = options.withLayout(layout);
    }
    if (direction != null) {
      options = options.withDirection(parsed(direction));
    }
    return Dataset.open(path, options);
  }

  private static Direction parsed(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "atob" -> Direction.ATOB;
      case "btoa" -> Direction.BTOA;
      default -> throw new UserError("--direction: expected AtoB or BtoA, found '" + text + "'");
    };
  }
}
