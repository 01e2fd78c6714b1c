package org.compnn.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.compnn.CompNN;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.DatasetLayout;
import org.compnn.dataset.DatasetOptions;
import org.compnn.dataset.Direction;
import org.compnn.dataset.SideBySide;
import org.compnn.dataset.TargetFormat;
import org.compnn.image.Picture;
import org.compnn.image.PictureSize;
import org.compnn.network.Network;
import org.compnn.problem.Knob;
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
    return Dataset.open(path, options(given(network), direction()));
  }

  /** The size that most inputs have, whatever their targets are. */
  Optional<PictureSize> mostCommonSize(Path path) {
    return open(path, new TargetFormat.Image()).mostCommonSize();
  }

  Dataset open(Path path, TargetFormat format) {
    return Dataset.open(path, options(DatasetOptions.of(format), direction()));
  }

  /**
   * Opens it for a database: pairs beside each other are cut as the training pictures were, unless
   * something else is said.
   */
  Dataset open(Path path, CompNN compnn) {
    DatasetOptions given = given(compnn.network());
    Optional<SideBySide> remembered = compnn.database().sideBySide();
    if (remembered.isEmpty() || layout != null || direction != null) {
      return open(path, compnn.network());
    }
    DatasetOptions cut =
        options(given, Optional.of(remembered.get().direction()))
            .withLayout(DatasetLayout.SIDE_BY_SIDE);
    try {
      Dataset dataset = open(path, compnn.network());
      boolean plain = dataset.reading().layout().equals(Optional.of(DatasetLayout.INPUTS));
      return plain && remembered.get().fits(size(dataset)) ? Dataset.open(path, cut) : dataset;
    } catch (UserError e) {
      // Pictures of the shape of a pair need a direction, and the database has one.
      if (!e.knobs().contains(Knob.DIRECTION)) {
        throw e;
      }
      return Dataset.open(path, cut);
    }
  }

  private static PictureSize size(Dataset dataset) {
    Picture first = dataset.pairs().getFirst().input();
    return new PictureSize(first.height(), first.width());
  }

  private static DatasetOptions given(Network network) {
    return DatasetOptions.of(TargetFormat.of(network.output())).withInputs(network.inputs());
  }

  private DatasetOptions options(DatasetOptions given, Optional<Direction> which) {
    DatasetOptions options = given.withSkipBroken(skipBroken);
    if (layout != null) {
      options = options.withLayout(layout);
    }
    return which.isPresent() ? options.withDirection(which.get()) : options;
  }

  /** Which half is the input, where it was said. */
  Optional<Direction> direction() {
    return Optional.ofNullable(direction).map(DatasetArguments::parsed);
  }

  /** Whether pictures are inputs as a whole. */
  boolean inputsAlone() {
    return layout == DatasetLayout.INPUTS;
  }

  private static Direction parsed(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "atob" -> Direction.ATOB;
      case "btoa" -> Direction.BTOA;
      default -> throw new UserError("--direction: expected AtoB or BtoA, found '" + text + "'");
    };
  }
}
