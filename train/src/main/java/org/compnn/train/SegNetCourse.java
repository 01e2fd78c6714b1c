package org.compnn.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.measure.ClassCounts;
import org.compnn.measure.Segmentation;
import org.compnn.problem.UserError;
import org.compnn.train.Parameters.Tensor;

/**
 * SegNet: cross-entropy over labelled pixels, each class weighted by the median frequency over its
 * own.
 */
final class SegNetCourse implements Course {
  private static final double BETA1 = 0.9;

  private final SegNet network;
  private final Palette palette;
  private final Normalisation normalisation;
  private final double[] weights;
  private final Parameters parameters;

  /**
   * @param palette the classes
   * @param normalisation of the inputs
   * @param weights of the classes in the loss
   */
  SegNetCourse(
      NDManager manager,
      SegNet network,
      Palette palette,
      Normalisation normalisation,
      double[] weights,
      long seed) {
    this.network = network;
    this.palette = palette;
    this.normalisation = normalisation;
    this.weights = weights.clone();
    parameters = new Parameters(manager, seed, true);
  }

  /**
   * Median-frequency balancing (Eigen and Fergus 2015): a class's frequency is its share of the
   * pixels of the pictures that have it; its weight the median of all frequencies over its own.
   *
   * @param most the largest weight to give
   */
  static double[] balanced(List<Sample> samples, int classes, double most) {
    double[] pixels = new double[classes];
    double[] present = new double[classes];
    for (Sample sample : samples) {
      int[] count = new int[classes];
      byte[] labels = labels(sample).classes();
      for (byte label : labels) {
        if ((label & 0xff) < classes) {
          count[label & 0xff]++;
        }
      }
      for (int c = 0; c < classes; c++) {
        pixels[c] += count[c];
        present[c] += count[c] > 0 ? labels.length : 0;
      }
    }
    double[] frequency = new double[classes];
    for (int c = 0; c < classes; c++) {
      frequency[c] = present[c] > 0 ? pixels[c] / present[c] : 0;
    }
    double[] seen = Arrays.stream(frequency).filter(f -> f > 0).sorted().toArray();
    if (seen.length == 0) {
      throw new UserError("expected labelled pixels in the data set, found none; check --classes");
    }
    double median =
        seen.length % 2 == 1
            ? seen[seen.length / 2]
            : (seen[seen.length / 2 - 1] + seen[seen.length / 2]) / 2;
    return Arrays.stream(frequency).map(f -> f > 0 ? Math.min(most, median / f) : 0).toArray();
  }

  @Override
  public Architecture network() {
    return network;
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }

  @Override
  public List<String> losses() {
    return List.of("cross-entropy");
  }

  @Override
  public double[] step(NDManager manager, List<Sample> batch, double rate) {
    NDArray input = inputs(manager, batch);
    NDArray wanted = wanted(manager, batch);
    Map<String, Tensor> statistics = parameters.statistics();
    double value;
    try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      NDArray logits = network.forward(new TorchOps(parameters, true), input);
      NDArray loss = logits.logSoftmax(1).mul(wanted).sum().mul(-1);
      gradients.backward(loss);
      value = loss.getFloat();
    }
    if (!Double.isFinite(value) || !parameters.sound()) {
      parameters.forget();
      parameters.putBack(statistics);
      return new double[] {Double.NaN};
    }
    parameters.step(rate, BETA1);
    return new double[] {value};
  }

  /**
   * For every pixel its class's weight in its class's place, all of them together adding up to 1.
   */
  private NDArray wanted(NDManager manager, List<Sample> batch) {
    LabelMap first = labels(batch.getFirst());
    int cells = first.height() * first.width();
    int classes = palette.size();
    float[] wanted = new float[batch.size() * classes * cells];
    double total = 0;
    for (int n = 0; n < batch.size(); n++) {
      byte[] labels = labels(batch.get(n)).classes();
      for (int i = 0; i < cells; i++) {
        int label = labels[i] & 0xff;
        if (label < classes) {
          wanted[(n * classes + label) * cells + i] = (float) weights[label];
          total += weights[label];
        }
      }
    }
    if (total > 0) {
      for (int i = 0; i < wanted.length; i++) {
        wanted[i] = (float) (wanted[i] / total);
      }
    }
    return manager.create(wanted, new Shape(batch.size(), classes, first.height(), first.width()));
  }

  private NDArray inputs(NDManager manager, List<Sample> batch) {
    Picture first = batch.getFirst().input();
    return manager.create(
        Sample.inputs(batch, normalisation.mean(), normalisation.deviation()),
        new Shape(batch.size(), 3, first.height(), first.width()));
  }

  @Override
  public NDArray output(NDManager manager, NDArray inputs) {
    return network.forward(new TorchOps(parameters, false), inputs);
  }

  @Override
  public List<Raster> predict(NDManager manager, List<Sample> batch) {
    NDArray best = output(manager, inputs(manager, batch)).argMax(1);
    long[] numbers = best.toLongArray();
    Picture first = batch.getFirst().input();
    int cells = first.height() * first.width();
    List<Raster> maps = new ArrayList<>();
    for (int n = 0; n < batch.size(); n++) {
      byte[] classes = new byte[cells];
      for (int i = 0; i < cells; i++) {
        classes[i] = (byte) numbers[n * cells + i];
      }
      maps.add(new LabelMap(first.height(), first.width(), classes));
    }
    return maps;
  }

  @Override
  public Map<String, Double> judge(List<Sample> samples, List<Raster> predictions) {
    ClassCounts counts = new ClassCounts(palette.size());
    for (int i = 0; i < samples.size(); i++) {
      counts.add(
          ClassCounts.of(labels(samples.get(i)), (LabelMap) predictions.get(i), palette.size()));
    }
    Segmentation scores = Segmentation.of(counts);
    Map<String, Double> named = new LinkedHashMap<>();
    named.put("pixel accuracy", scores.pixelAccuracy());
    named.put("class accuracy", scores.classAccuracy());
    named.put("mean iou", scores.meanIou());
    return named;
  }

  private static LabelMap labels(Sample sample) {
    if (sample.target() instanceof LabelMap map) {
      return map;
    }
    throw new UserError(
        sample.id() + ": expected a label map as target, found a picture; train pix2pix");
  }

  @Override
  public Picture shown(Raster raster) {
    return raster instanceof LabelMap map ? palette.paint(map) : (Picture) raster;
  }

  @Override
  public Normalisation normalisation() {
    return normalisation;
  }

  @Override
  public Map<String, Object> config() {
    Map<String, String> names = new LinkedHashMap<>();
    for (int c = 0; c < palette.size(); c++) {
      names.put(Integer.toString(c), palette.name(c));
    }
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("task", "image-segmentation");
    config.put("num_labels", palette.size());
    config.put("id2label", names);
    return config;
  }

  @Override
  public Ports ports() {
    return new Ports("pixel_values", "logits", palette.size());
  }

  @Override
  public Map<String, Tensor> state() {
    return parameters.state();
  }

  @Override
  public void restore(Map<String, Tensor> state) {
    parameters.restore(state);
  }

  @Override
  public void close() {
    parameters.close();
  }
}
