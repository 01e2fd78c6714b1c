package org.compnn.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.compnn.image.Picture;
import org.compnn.network.FeatureMap;
import org.compnn.network.Network;
import org.compnn.npy.Npy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Writes what a network gives for a picture, so that whoever exported it can compare: float32 of
 * (rows, columns, channels), before arg max or threshold, at the size at which outputs are shown.
 */
@Command(
    name = "output",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = "Write a network's raw output for a picture: float32, (rows, columns, channels).",
    footerHeading = "%nExample:%n",
    footer = "  compnn output segnet/model.onnx street.png --npy scores.npy")
final class OutputCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "ONNX file, or the folder that holds one.")
  private Path model;

  @Parameters(index = "1", paramLabel = "PICTURE", description = "Picture to run it on.")
  private Path picture;

  @Option(names = "--npy", required = true, paramLabel = "FILE", description = "NPY file to write.")
  private Path file;

  @Mixin private ModelOptions options;

  @Override
  public Integer call() {
    try (Network network = Network.open(model, options.networkOptions())) {
      FeatureMap scores = network.run(Picture.read(picture), List.of()).output();
      Npy.write(
          file, new int[] {scores.rows(), scores.columns(), scores.channels()}, scores.cells());
    }
    return 0;
  }
}
