package org.compnn.cli;

import java.util.List;
import java.util.Map;
import org.compnn.image.Resample;
import org.compnn.network.NetworkOptions;
import org.compnn.network.OutputSize;
import org.compnn.network.Padding;
import org.compnn.network.Size;
import org.compnn.network.Task;
import org.compnn.network.Tiling;
import org.compnn.problem.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a user may say about a network beyond the files beside it. */
final class ModelOptions {
  @Option(
      names = "--size",
      paramLabel = "ROWSxCOLUMNS",
      description = "Input size, such as 192x256; required if the network leaves it open.")
  private @Nullable String size;

  @Option(
      names = "--tile",
      paramLabel = "ROWSxCOLUMNS",
      description =
          "Run the network in overlapping tiles of this size, joined to one picture of --size.")
  private @Nullable String tile;

  @Option(
      names = "--tile-overlap",
      paramLabel = "PIXELS",
      description =
          "Pixels that neighbouring tiles share at least; best more than the receptive field."
              + " Default: a quarter of the tile.")
  private @Nullable Integer tileOverlap;

  @Option(
      names = "--padding",
      paramLabel = "KIND",
      description =
          "What lies beyond a picture where the network's size is larger:"
              + " ${COMPLETION-CANDIDATES}. Default: edge.")
  private @Nullable Padding padding;

  @Option(
      names = "--input",
      paramLabel = "NAME=NUMBER",
      description = "Number that an input which is no picture holds for all pictures. Repeatable.")
  private Map<String, Double> inputs = Map.of();

  @Option(
      names = "--resample",
      paramLabel = "FILTER",
      description = "Resampling filter: ${COMPLETION-CANDIDATES}.")
  private @Nullable Resample resample;

  @Option(
      names = "--scale",
      paramLabel = "S",
      description = "Factor for pixel values 0..255; 1/255 is 0.00392157.")
  private @Nullable Double scale;

  @Option(
      names = "--mean",
      split = ",",
      paramLabel = "M,...",
      hideParamSyntax = true,
      description = "Per-channel mean to subtract after scaling; one number sets all channels.")
  private @Nullable List<Double> mean;

  @Option(
      names = "--std",
      split = ",",
      paramLabel = "D,...",
      hideParamSyntax = true,
      description = "Per-channel standard deviation to divide by; one number sets all channels.")
  private @Nullable List<Double> deviation;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description =
          "Meaning of the output: image-segmentation, image-to-image or regression"
              + " (depth-estimation).",
      converter = TaskName.class)
  private @Nullable Task task;

  @Option(
      names = "--classes",
      split = ",",
      paramLabel = "NAME,...",
      hideParamSyntax = true,
      description = "Class names, in the order of the output's channels.")
  private @Nullable List<String> classes;

  @Option(
      names = "--ignored",
      paramLabel = "LABEL",
      description = "Index of unlabelled pixels in the training labels, besides 255.")
  private @Nullable Integer ignored;

  @Option(
      names = "--threshold",
      paramLabel = "T",
      description = "Class 1 begins above this score, if the network has only one.")
  private @Nullable Double threshold;

  @Option(
      names = "--range",
      split = ",",
      paramLabel = "LOW,HIGH",
      hideParamSyntax = true,
      description = "Output values of black and of full brightness, such as -1,1.")
  private @Nullable List<Double> range;

  @Option(
      names = "--target-scale",
      paramLabel = "F",
      description =
          "Factor for the numbers of target files, such as 0.001 for millimetres; 1/256 for KITTI.",
      converter = Fraction.class)
  private @Nullable Double targetScale;

  @Option(
      names = "--output-size",
      paramLabel = "SIZE",
      description =
          "Size of outputs coarser than the picture: picture (interpolated, the default) or"
              + " network.")
  private @Nullable OutputSize outputSize;

  @Option(
      names = "--output",
      paramLabel = "TENSOR",
      description = "Output to explain, if the network has several.")
  private @Nullable String output;

  @Mixin private NetworkTimeout timeout = new NetworkTimeout();

  NetworkOptions networkOptions() {
    NetworkOptions options = timeout.applied(NetworkOptions.defaults());
    if (size != null) {
      int[] parsed = parseSize("--size", size);
      options = options.withSize(parsed[0], parsed[1]);
    }
    if (tile != null) {
      int[] parsed = parseSize("--tile", tile);
      int overlap = tileOverlap != null ? tileOverlap : Math.min(parsed[0], parsed[1]) / 4;
      options = options.withTiling(new Tiling(new Size(parsed[0], parsed[1]), overlap));
    } else if (tileOverlap != null) {
      throw new UserError("--tile-overlap: expected --tile with it, found none");
    }
    if (!inputs.isEmpty()) {
      options = options.withInputs(inputs);
    }
    if (padding != null) {
      options = options.withPadding(padding);
    }
    if (resample != null) {
      options = options.withResample(resample);
    }
    if (scale != null) {
      options = options.withScale(scale);
    }
    if (mean != null) {
      options = options.withMean(mean);
    }
    if (deviation != null) {
      options = options.withDeviation(deviation);
    }
    if (task != null) {
      options = options.withTask(task);
    }
    if (classes != null) {
      options = options.withClasses(classes);
    }
    if (ignored != null) {
      options = options.withIgnored(ignored);
    }
    if (threshold != null) {
      options = options.withThreshold(threshold);
    }
    if (range != null) {
      if (range.size() != 2) {
        throw new UserError("--range: expected two numbers such as -1,1, found " + range);
      }
      options = options.withRange(range.get(0), range.get(1));
    }
    if (targetScale != null) {
      options = options.withTargetScale(targetScale);
    }
    if (outputSize != null) {
      options = options.withOutputSize(outputSize);
    }
    if (output != null) {
      options = options.withOutput(output);
    }
    return options;
  }

  private static int[] parseSize(String flag, String text) {
    String[] parts = text.split("x", -1);
    if (parts.length == 2) {
      try {
        int rows = Integer.parseInt(parts[0].strip());
        int columns = Integer.parseInt(parts[1].strip());
        if (rows > 0 && columns > 0) {
          return new int[] {rows, columns};
        }
      } catch (NumberFormatException e) {
        // Falls through to the one message.
      }
    }
    throw new UserError(flag + ": expected rows x columns such as 192x256, found '" + text + "'");
  }
}
