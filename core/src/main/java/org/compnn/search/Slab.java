package org.compnn.search;

import java.util.Arrays;
import org.compnn.database.CellStore;
import org.compnn.kernels.Kernels;

/** A part of the strip, packed for the kernels: some rows of one of its slabs. */
final class Slab {
  private final Kernels kernels;
  private final CellStore store;
  private final SearchSettings settings;
  private final Strip strip;
  private final float[] packed;
  private final float[] norms;
  private final float[] cellBias;
  private final Kernels.Weights weights;
  private int index;
  private int firstRow;
  private int rows;

  /**
   * @param rows the most rows of candidates that it shall hold
   */
  Slab(Kernels kernels, CellStore store, SearchSettings settings, Strip strip, int rows) {
    this.kernels = kernels;
    this.store = store;
    this.settings = settings;
    this.strip = strip;
    int all = rows + settings.hyperpatch() - 1;
    this.packed = new float[all * strip.width() * store.layer().channels()];
    this.norms = new float[all * strip.width()];
    this.cellBias = new float[norms.length];
    boolean scaled = settings.distance() == Distance.COSINE;
    int width = Math.ceilDiv(strip.candidates(), kernels.panel()) * kernels.panel();
    float[] bias = new float[rows * width];
    this.weights = new Kernels.Weights(scaled ? new float[bias.length] : new float[0], bias, width);
  }

  /** Numbers that a row of a slab takes. */
  static long size(Strip strip, int channels) {
    return (long) strip.width() * (channels + 3);
  }

  /** Says which part comes next; its rows are then packed one by one. */
  void begin(int slab, int from, int count) {
    index = slab;
    firstRow = from;
    rows = count;
  }

  /** The exemplars' row at which the slab begins. */
  int firstRow() {
    return firstRow;
  }

  /** Rows of candidates. */
  int rows() {
    return rows;
  }

  /** Rows with those that only serve as neighbours. */
  int packedRows() {
    return rows + settings.hyperpatch() - 1;
  }

  /** Panels that have a column of the strip; the last slab may have fewer than the others. */
  int panels() {
    return Math.toIntExact(Math.ceilDiv(columns(), kernels.panel()));
  }

  /** The products' slices, as the kernels count them. */
  int slices() {
    return 2 * panels();
  }

  /** Those in which a hyperpatch may begin. */
  int candidateSlices() {
    return Math.toIntExact(Math.ceilDiv(columns() - settings.hyperpatch() + 1, kernels.lanes()));
  }

  private long columns() {
    return Math.min(strip.width(), strip.length() - strip.first(index));
  }

  int channels() {
    return store.layer().channels();
  }

  float[] packed() {
    return packed;
  }

  /** Where a row begins in {@link #packed}. */
  int at(int row) {
    return row * strip.width() * store.layer().channels();
  }

  /** Per cell what the kernels add to its products: minus half its square, or nothing if scaled. */
  float[] cellBias() {
    return cellBias;
  }

  /** Where a row begins in {@link #cellBias}. */
  int biasAt(int row) {
    return row * strip.width();
  }

  Kernels.Weights weights() {
    return weights;
  }

  /** The exemplar at a column, which must be a candidate. */
  int exemplar(int column) {
    return strip.exemplar(strip.first(index) + column);
  }

  /** The cell of that exemplar at a row of candidates and a column. */
  int cell(int row, int column) {
    int there = Math.toIntExact((strip.first(index) + column) % strip.pitch());
    return (firstRow + row) * strip.columns() + there;
  }

  int firstExemplar() {
    return exemplar(0);
  }

  /** Reads and packs a row; rows may be packed by different threads at once. */
  void pack(int row) {
    int channels = store.layer().channels();
    int from = Math.clamp(firstRow + row + settings.firstOffset(), 0, strip.rows() - 1);
    float[] cells = new float[strip.columns() * channels];
    long column = strip.first(index);
    int at = 0;
    while (at < strip.width() && column < strip.length()) {
      int within = Math.toIntExact(column % strip.pitch());
      int count = Math.min(strip.pitch() - within, strip.width() - at);
      int low = real(within);
      int high = real(within + count - 1);
      store.read(strip.exemplar(column), from * strip.columns() + low, high - low + 1, cells, 0);
      for (int e = 0; e < count; e++) {
        put(cells, (real(within + e) - low) * channels, channels, row, at + e);
      }
      at += count;
      column += count;
    }
    clear(row, at, channels);
  }

  private int real(int within) {
    return Math.clamp(within + settings.firstOffset(), 0, strip.columns() - 1);
  }

  private void put(float[] cells, int cell, int channels, int row, int column) {
    int panel = kernels.panel();
    int to = at(row) + column / panel * panel * channels + column % panel;
    double norm = 0;
    for (int k = 0; k < channels; k++) {
      float x = cells[cell + k];
      packed[to + k * panel] = x;
      norm += (double) x * x;
    }
    note(row, column, (float) norm);
  }

  private void note(int row, int column, float norm) {
    norms[row * strip.width() + column] = norm;
    cellBias[row * strip.width() + column] = weights.scaled() ? 0 : -norm / 2;
  }

  private void clear(int row, int from, int channels) {
    int panel = kernels.panel();
    for (int column = from; column < strip.width(); column++) {
      int to = at(row) + column / panel * panel * channels + column % panel;
      for (int k = 0; k < channels; k++) {
        packed[to + k * panel] = 0;
      }
      note(row, column, 0);
    }
  }

  /** After all rows are packed: the weights of a row of candidates. */
  void weigh(int row) {
    int at = row * weights.width();
    Arrays.fill(weights.bias(), at, at + weights.width(), Float.NEGATIVE_INFINITY);
    for (int e = 0; e < strip.candidates(); e++) {
      long column = strip.first(index) + e;
      if (column % strip.pitch() < strip.columns() && column < strip.length()) {
        weights.bias()[at + e] = 0;
      }
    }
    if (weights.scaled()) {
      scale(row);
    }
  }

  private void scale(int row) {
    int p = settings.hyperpatch();
    int width = strip.width();
    double[] sums = new double[width];
    for (int a = 0; a < p; a++) {
      for (int e = 0; e < width; e++) {
        sums[e] += norms[(row + a) * width + e];
      }
    }
    for (int e = 0; e < strip.candidates(); e++) {
      double norm = 0;
      for (int b = 0; b < p; b++) {
        norm += sums[e + b];
      }
      weights.scale()[row * weights.width() + e] = norm > 0 ? (float) (1 / Math.sqrt(norm)) : 0;
    }
  }
}
