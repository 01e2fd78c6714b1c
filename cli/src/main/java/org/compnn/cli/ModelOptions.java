package org.compnn.cli;

import java.util.List;
import org.compnn.image.Resample;
import org.compnn.network.NetworkOptions;
import org.compnn.network.Task;
import org.compnn.problem.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a user may say about a network beyond the files beside it. */
final class ModelOptions {
  @Option(
      names = "--size",
      paramLabel = "ROWSxCOLUMNS",
      description = "Input size, such as 192x256; needed where the network leaves it free.")
  private @Nullable String size;

  @Option(
      names = "--resample",
      paramLabel = "FILTER",
      description = "How pictures are resized: ${COMPLETION-CANDIDATES}.")
  private @Nullable Resample resample;

  @Option(
      names = "--scale",
      paramLabel = "S",
      description = "What pixel values 0..255 are multiplied by; 1/255 is 0.00392157.")
  private @Nullable Double scale;

  @Option(
      names = "--mean",
      split = ",",
      paramLabel = "M",
      description = "What is taken off then, one number or one a channel.")
  private @Nullable List<Double> mean;

  @Option(
      names = "--std",
      split = ",",
      paramLabel = "D",
      description = "What the rest is divided by, one number or one a channel.")
  private @Nullable List<Double> deviation;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description = "What the output means: ${COMPLETION-CANDIDATES}.")
  private @Nullable Task task;

  @Option(
      names = "--classes",
      split = ",",
      paramLabel = "NAME",
      description = "The classes' names in the order of the output's channels.")
  private @Nullable List<String> classes;

  @Option(
      names = "--ignored",
      paramLabel = "LABEL",
      description = "The label of unlabelled pixels in the training labels.")
  private @Nullable Integer ignored;

  @Option(
      names = "--threshold",
      paramLabel = "T",
      description = "Above it a single score means class 1.")
  private @Nullable Double threshold;

  @Option(
      names = "--range",
      split = ",",
      paramLabel = "LOW,HIGH",
      description = "The numbers of black and of full brightness in an output picture.")
  private @Nullable List<Double> range;

  @Option(
      names = "--output",
      paramLabel = "TENSOR",
      description = "The network's output to explain, where it has several.")
  private @Nullable String output;

  NetworkOptions networkOptions() {
    NetworkOptions options = NetworkOptions.defaults();
    if (size != null) {
      int[] parsed = parseSize(size);
      options = options.withSize(parsed[0], parsed[1]);
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
        throw new UserError("--range: expected two numbers as -1,1, found " + range);
      }
      options = options.withRange(range.get(0), range.get(1));
    }
    if (output != null) {
      options = options.withOutput(output);
    }
    return options;
  }

  private static int[] parseSize(String text) {
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
    throw new UserError("--size: expected rows x columns as 192x256, found '" + text + "'");
  }
}
