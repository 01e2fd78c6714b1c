package org.compnn.network;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.compnn.image.Resample;

/**
 * What a user says about a network beyond the files beside it. An option that is present overrides
 * {@code preprocessor_config.json} or {@code config.json}.
 *
 * @param size rows and columns of the input; needed where the network leaves them free and no file
 *     says them; pictures are resized to it
 * @param resample how pictures are resized
 * @param scale what a pixel's value 0..255 is multiplied by
 * @param mean what is then taken off, per channel (or one number for all)
 * @param deviation what the rest is then divided by, per channel (or one number for all)
 * @param task what the output means
 * @param classes names of the classes in the order of the channels
 * @param ignored the label of unlabelled pixels in the training labels
 * @param threshold above it a single score means class 1
 * @param range the numbers of black and full brightness in an output image
 * @param output name of the graph's output to explain, where it has several spatial ones
 * @param targetScale what the numbers of target files are multiplied by, where the output is
 *     numbers
 * @param outputSize at which size an output coarser than the picture is shown and measured
 * @param tiling the window that the network is run at, where it is not the whole input
 * @param padding what lies beyond a picture where the network's window reaches beyond it
 * @param inputs what inputs hold that are the same number for all pictures, by name
 * @param threads threads that one run may use, 1 or more; for many pictures take 1 and call {@link
 *     Network#run} from as many threads as there are cores
 * @param timeout what one run may take, more than none; then it is ended, with an error
 */
public record NetworkOptions(
    Optional<Size> size,
    Optional<Resample> resample,
    OptionalDouble scale,
    Optional<List<Double>> mean,
    Optional<List<Double>> deviation,
    Optional<Task> task,
    Optional<List<String>> classes,
    OptionalInt ignored,
    OptionalDouble threshold,
    Optional<Range> range,
    Optional<String> output,
    OptionalDouble targetScale,
    Optional<OutputSize> outputSize,
    Optional<Tiling> tiling,
    Optional<Padding> padding,
    Map<String, Double> inputs,
    int threads,
    Duration timeout) {
  /** What one run may take where nothing else is said. */
  public static final Duration TIMEOUT = Duration.ofMinutes(5);

  public NetworkOptions {
    mean = mean.map(List::copyOf);
    deviation = deviation.map(List::copyOf);
    classes = classes.map(List::copyOf);
    inputs = Map.copyOf(inputs);
    if (threads < 1) {
      throw new IllegalArgumentException("a network runs on 1 thread or more, not " + threads);
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("a run takes more than no time, not " + timeout);
    }
  }

  /** Nothing overridden; as many threads as the machine has processors. */
  public static NetworkOptions defaults() {
    return new NetworkOptions(
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Runtime.getRuntime().availableProcessors(),
        TIMEOUT);
  }

  public NetworkOptions withSize(int height, int width) {
    return copy(Optional.of(new Size(height, width)), resample, scale, mean, deviation);
  }

  public NetworkOptions withResample(Resample value) {
    return copy(size, Optional.of(value), scale, mean, deviation);
  }

  public NetworkOptions withScale(double value) {
    return copy(size, resample, OptionalDouble.of(value), mean, deviation);
  }

  public NetworkOptions withMean(List<Double> value) {
    return copy(size, resample, scale, Optional.of(value), deviation);
  }

  public NetworkOptions withDeviation(List<Double> value) {
    return copy(size, resample, scale, mean, Optional.of(value));
  }

  public NetworkOptions withTask(Task value) {
    return copy(Optional.of(value), classes, ignored, threshold, range, output, threads);
  }

  public NetworkOptions withClasses(List<String> value) {
    return copy(task, Optional.of(value), ignored, threshold, range, output, threads);
  }

  public NetworkOptions withIgnored(int value) {
    return copy(task, classes, OptionalInt.of(value), threshold, range, output, threads);
  }

  public NetworkOptions withThreshold(double value) {
    return copy(task, classes, ignored, OptionalDouble.of(value), range, output, threads);
  }

  public NetworkOptions withRange(double low, double high) {
    return copy(
        task, classes, ignored, threshold, Optional.of(new Range(low, high)), output, threads);
  }

  public NetworkOptions withOutput(String value) {
    return copy(task, classes, ignored, threshold, range, Optional.of(value), threads);
  }

  public NetworkOptions withTargetScale(double value) {
    return copy(OptionalDouble.of(value), outputSize);
  }

  public NetworkOptions withOutputSize(OutputSize value) {
    return copy(targetScale, Optional.of(value));
  }

  private NetworkOptions copy(OptionalDouble newTargetScale, Optional<OutputSize> newOutputSize) {
    return new NetworkOptions(
        size,
        resample,
        scale,
        mean,
        deviation,
        task,
        classes,
        ignored,
        threshold,
        range,
        output,
        newTargetScale,
        newOutputSize,
        tiling,
        padding,
        inputs,
        threads,
        timeout);
  }

  public NetworkOptions withThreads(int value) {
    return copy(task, classes, ignored, threshold, range, output, value);
  }

  /** Runs the network in windows, so that it takes pictures larger than it does by itself. */
  public NetworkOptions withTiling(Tiling value) {
    return copy(Optional.of(value), padding, inputs);
  }

  public NetworkOptions withPadding(Padding value) {
    return copy(tiling, Optional.of(value), inputs);
  }

  public NetworkOptions withInputs(Map<String, Double> numbers) {
    return copy(tiling, padding, numbers);
  }

  private NetworkOptions copy(
      Optional<Tiling> newTiling, Optional<Padding> newPadding, Map<String, Double> newInputs) {
    return new NetworkOptions(
        size,
        resample,
        scale,
        mean,
        deviation,
        task,
        classes,
        ignored,
        threshold,
        range,
        output,
        targetScale,
        outputSize,
        newTiling,
        newPadding,
        newInputs,
        threads,
        timeout);
  }

  public NetworkOptions withTimeout(Duration value) {
    return new NetworkOptions(
        size,
        resample,
        scale,
        mean,
        deviation,
        task,
        classes,
        ignored,
        threshold,
        range,
        output,
        targetScale,
        outputSize,
        tiling,
        padding,
        inputs,
        threads,
        value);
  }

  private NetworkOptions copy(
      Optional<Size> newSize,
      Optional<Resample> newResample,
      OptionalDouble newScale,
      Optional<List<Double>> newMean,
      Optional<List<Double>> newDeviation) {
    return new NetworkOptions(
        newSize,
        newResample,
        newScale,
        newMean,
        newDeviation,
        task,
        classes,
        ignored,
        threshold,
        range,
        output,
        targetScale,
        outputSize,
        tiling,
        padding,
        inputs,
        threads,
        timeout);
  }

  private NetworkOptions copy(
      Optional<Task> newTask,
      Optional<List<String>> newClasses,
      OptionalInt newIgnored,
      OptionalDouble newThreshold,
      Optional<Range> newRange,
      Optional<String> newOutput,
      int newThreads) {
    return new NetworkOptions(
        size,
        resample,
        scale,
        mean,
        deviation,
        newTask,
        newClasses,
        newIgnored,
        newThreshold,
        newRange,
        newOutput,
        targetScale,
        outputSize,
        tiling,
        padding,
        inputs,
        newThreads,
        timeout);
  }
}
