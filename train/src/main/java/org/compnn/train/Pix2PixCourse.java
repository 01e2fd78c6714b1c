package org.compnn.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.measure.Synthesis;
import org.compnn.problem.UserError;
import org.compnn.train.Parameters.Tensor;

/**
 * Pix2Pix: a U-Net learns to please a PatchGAN and to be near the target (L1), the PatchGAN to tell
 * the target from the U-Net's picture.
 */
final class Pix2PixCourse implements Course {
  private static final double BETA1 = 0.5;

  private final UNet generator;
  private final PatchGan discriminator;
  private final double l1Weight;
  private final Parameters painting;
  private final Parameters judging;

  /**
   * @param l1Weight how much L1 counts against the adversarial loss; 100 in the paper
   */
  Pix2PixCourse(
      NDManager manager, UNet generator, PatchGan discriminator, double l1Weight, long seed) {
    this.generator = generator;
    this.discriminator = discriminator;
    this.l1Weight = l1Weight;
    painting = new Parameters(manager, seed, false);
    judging = new Parameters(manager, seed + 1, false);
  }

  @Override
  public Architecture network() {
    return generator;
  }

  @Override
  public Parameters parameters() {
    return painting;
  }

  @Override
  public List<String> losses() {
    return List.of("l1", "adversarial", "discriminator");
  }

  @Override
  public double[] step(NDManager manager, List<Sample> batch, double rate) {
    NDArray input = inputs(manager, batch);
    List<Picture> targets = batch.stream().map(s -> picture(s.target(), s.id())).toList();
    NDArray target = pictures(manager, targets);
    Map<String, Tensor> painters = painting.statistics();
    Map<String, Tensor> judges = judging.statistics();
    NDArray painted;
    double judged;
    try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      painted = generator.forward(new TorchOps(painting, true), input);
      NDArray real = judge(input.concat(target, 1));
      NDArray fake = judge(input.concat(painted.stopGradient(), 1));
      NDArray loss = softPlus(real.mul(-1)).mean().add(softPlus(fake).mean()).mul(0.5f);
      gradients.backward(loss);
      judged = loss.getFloat();
    }
    if (!Double.isFinite(judged) || !judging.sound()) {
      judging.forget();
      putBack(painters, judges);
      return new double[] {Double.NaN, Double.NaN, Double.NaN};
    }
    judging.step(rate, BETA1);
    judging.learn(false);
    double near;
    double pleased;
    try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      NDArray fake = judge(input.concat(painted, 1));
      NDArray adversarial = softPlus(fake.mul(-1)).mean();
      NDArray l1 = painted.sub(target).abs().mean();
      gradients.backward(adversarial.add(l1.mul((float) l1Weight)));
      near = l1.getFloat();
      pleased = adversarial.getFloat();
    }
    judging.learn(true);
    if (!Double.isFinite(near) || !Double.isFinite(pleased) || !painting.sound()) {
      painting.forget();
      putBack(painters, judges);
      return new double[] {Double.NaN, Double.NaN, judged};
    }
    painting.step(rate, BETA1);
    return new double[] {near, pleased, judged};
  }

  private void putBack(Map<String, Tensor> painters, Map<String, Tensor> judges) {
    painting.putBack(painters);
    judging.putBack(judges);
  }

  private NDArray judge(NDArray pair) {
    return discriminator.forward(new TorchOps(judging, true), pair);
  }

  /** log(1 + e^x), in a form that does not overflow and stays in single precision. */
  private static NDArray softPlus(NDArray x) {
    NDArray tail = x.abs().mul(-1).exp().add(1).log();
    return x.getNDArrayInternal().relu().add(tail);
  }

  private NDArray inputs(NDManager manager, List<Sample> batch) {
    return pictures(manager, batch.stream().map(Sample::input).toList());
  }

  private NDArray pictures(NDManager manager, List<Picture> pictures) {
    Normalisation n = normalisation();
    return manager.create(
        Sample.numbers(pictures, n.mean(), n.deviation()),
        new Shape(pictures.size(), 3, pictures.getFirst().height(), pictures.getFirst().width()));
  }

  @Override
  public NDArray output(NDManager manager, NDArray inputs) {
    return generator.forward(new TorchOps(painting, false), inputs);
  }

  @Override
  public List<Raster> predict(NDManager manager, List<Sample> batch) {
    NDArray output = output(manager, inputs(manager, batch));
    float[] numbers = output.toFloatArray();
    int rows = (int) output.getShape().get(2);
    int columns = (int) output.getShape().get(3);
    int cells = rows * columns;
    List<Raster> pictures = new ArrayList<>();
    for (int n = 0; n < batch.size(); n++) {
      byte[] rgb = new byte[cells * 3];
      for (int c = 0; c < 3; c++) {
        for (int i = 0; i < cells; i++) {
          float level = (numbers[(n * 3 + c) * cells + i] + 1) * 127.5f;
          rgb[i * 3 + c] = (byte) Math.clamp(Math.round(level), 0, 255);
        }
      }
      pictures.add(new Picture(rows, columns, rgb));
    }
    return pictures;
  }

  @Override
  public Map<String, Double> judge(List<Sample> samples, List<Raster> predictions) {
    double l1 = 0;
    double psnr = 0;
    double ssim = 0;
    int n = samples.size();
    for (int i = 0; i < n; i++) {
      Synthesis scores =
          Synthesis.of(
              picture(samples.get(i).target(), samples.get(i).id()), (Picture) predictions.get(i));
      l1 += scores.l1() / n;
      psnr += scores.psnr() / n;
      ssim += scores.ssim() / n;
    }
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("validation l1", 2 * l1);
    scores.put("validation psnr", psnr);
    scores.put("validation ssim", ssim);
    return scores;
  }

  @Override
  public Picture shown(Raster raster) {
    return picture(raster, "the target");
  }

  private static Picture picture(Raster raster, String id) {
    if (raster instanceof Picture picture) {
      return picture;
    }
    throw new UserError(id + ": expected a picture as target, found a label map; train segnet");
  }

  @Override
  public Normalisation normalisation() {
    return Normalisation.even();
  }

  @Override
  public Map<String, Object> config() {
    return Map.of("task", "image-to-image", "output_range", List.of(-1, 1));
  }

  @Override
  public Ports ports() {
    return new Ports("input", "output", 3);
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new TreeMap<>();
    painting.state().forEach((name, t) -> state.put("generator/" + name, t));
    judging.state().forEach((name, t) -> state.put("discriminator/" + name, t));
    return state;
  }

  @Override
  public void restore(Map<String, Tensor> state) {
    painting.restore(part(state, "generator/"));
    judging.restore(part(state, "discriminator/"));
  }

  private static Map<String, Tensor> part(Map<String, Tensor> state, String prefix) {
    Map<String, Tensor> part = new TreeMap<>();
    state.forEach(
        (name, t) -> {
          if (name.startsWith(prefix)) {
            part.put(name.substring(prefix.length()), t);
          }
        });
    return part;
  }

  @Override
  public void close() {
    painting.close();
    judging.close();
  }
}
