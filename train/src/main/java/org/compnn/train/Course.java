package org.compnn.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.train.Parameters.Tensor;

/** What is trained, and how one step of it goes. */
interface Course extends AutoCloseable {
  /** The network that is to be written in the end. */
  Architecture network();

  /** Its numbers. */
  Parameters parameters();

  /** Names of the losses that {@link #step} gives. */
  List<String> losses();

  /**
   * Learns from one batch. Where a loss or a gradient is no number, the weights that it is about
   * and all running statistics stay as they were.
   *
   * @param rate Adam's learning rate
   * @return the losses, in the order of their names; one of them no number where a loss or a
   *     gradient was none
   */
  double[] step(NDManager manager, List<Sample> batch, double rate);

  /** What the trained network makes of pictures, as a person sees it; without dropout. */
  List<Raster> predict(NDManager manager, List<Sample> batch);

  /** The raw output for a batch of inputs, batch x channels x rows x columns. */
  NDArray output(NDManager manager, NDArray inputs);

  /** How good predictions are, by name, over a whole validation set. */
  Map<String, Double> judge(List<Sample> samples, List<Raster> predictions);

  /** A target or prediction as a picture. */
  Picture shown(Raster raster);

  /** Means and deviations that inputs are normalised with. */
  Normalisation normalisation();

  /** What {@code config.json} says besides the network's name. */
  Map<String, Object> config();

  /** Names of the exported network's input and output, and the output's channels. */
  Ports ports();

  /** Everything that a later run needs to go on. */
  Map<String, Tensor> state();

  /** Goes on from a state. */
  void restore(Map<String, Tensor> state);

  @Override
  void close();

  /** Per channel, of values in 0..1. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by identity; never a map key.
  record Normalisation(float[] mean, float[] deviation) {
    /** To -1..1, as Pix2Pix has it. */
    static Normalisation even() {
      return new Normalisation(new float[] {0.5f, 0.5f, 0.5f}, new float[] {0.5f, 0.5f, 0.5f});
    }
  }

  /** Names of an exported network's input and output, and the output's channels. */
  record Ports(String input, String output, int channels) {}
}
