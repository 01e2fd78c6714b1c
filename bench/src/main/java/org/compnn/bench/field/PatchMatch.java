package org.compnn.bench.field;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.compnn.bench.Instructions;
import org.compnn.npy.NpyArray;

/**
 * Plain PatchMatch over many exemplars (Barnes, Shechtman, Finkelstein, Goldman, "PatchMatch: A
 * Randomized Correspondence Algorithm for Structural Image Editing", 2009): a match at random for
 * every cell; then rounds, forwards and backwards in turn, in which a cell tries its two last
 * neighbours' matches moved along, one cell of an exemplar at random, and cells of its match's
 * exemplar in windows that halve.
 *
 * <p>Each thread has a band of rows; matches do not cross from one band to the other within a
 * round. It always searches all cells.
 */
final class PatchMatch implements Trial.Index {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment vectors;
  private final int axes;
  private final int exemplars;
  private final int rows;
  private final int columns;

  PatchMatch(NpyArray vectors, int rows, int columns) {
    this.vectors = vectors.numbers();
    this.axes = Math.toIntExact(vectors.header().shape().get(1));
    this.rows = rows;
    this.columns = columns;
    this.exemplars = Math.toIntExact(vectors.header().shape().getFirst() / ((long) rows * columns));
  }

  static Answer answer(Order order) throws IOException {
    if (order.prepare()) {
      return new Answer("own twin", Instructions.JVM, -1, 0, "", List.of());
    }
    try (Arena arena = Arena.ofShared()) {
      PatchMatch index =
          new PatchMatch(
              NpyArray.map(Path.of(order.vectors()), arena), order.rows(), order.columns());
      return new Answer("own twin", Instructions.JVM, -1, 0, "", new Trial(order).runs(index));
    }
  }

  @Override
  public void search(float[] query, int[] cells, int setting, int ranked, int threads, long[] found)
      throws IOException {
    if (ranked != 1) {
      throw new IllegalArgumentException("keeps one match a cell, not " + ranked);
    }
    float[] distance = new float[rows * columns];
    for (int round = 0; round <= setting; round++) {
      int now = round;
      Trial.parallel(
          threads,
          rows,
          (from, to) -> {
            Random random = new Random(31L * now + from);
            if (now == 0) {
              start(query, from, to, random, found, distance);
            } else {
              sweep(query, from, to, now % 2 == 1 ? 1 : -1, random, found, distance);
            }
          });
    }
  }

  private void start(
      float[] query, int from, int to, Random random, long[] found, float[] distance) {
    for (int cell = from * columns; cell < to * columns; cell++) {
      found[cell] = id(random.nextInt(exemplars), random.nextInt(rows), random.nextInt(columns));
      distance[cell] = distance(query, cell, found[cell], Float.POSITIVE_INFINITY);
    }
  }

  private void sweep(
      float[] query, int from, int to, int step, Random random, long[] found, float[] distance) {
    int first = step > 0 ? from * columns : to * columns - 1;
    int count = (to - from) * columns;
    for (int n = 0, cell = first; n < count; n++, cell += step) {
      int row = cell / columns;
      int column = cell % columns;
      if (column - step >= 0 && column - step < columns) {
        moved(query, cell, found[cell - step], 0, step, found, distance);
      }
      if (row - step >= from && row - step < to) {
        moved(query, cell, found[cell - step * columns], step, 0, found, distance);
      }
      attempt(
          query,
          cell,
          id(random.nextInt(exemplars), random.nextInt(rows), random.nextInt(columns)),
          found,
          distance);
      for (int radius = Math.max(rows, columns) / 2; radius >= 1; radius /= 2) {
        int best = (int) (found[cell] % ((long) rows * columns));
        int y = best / columns + random.nextInt(2 * radius + 1) - radius;
        int x = best % columns + random.nextInt(2 * radius + 1) - radius;
        int exemplar = (int) (found[cell] / ((long) rows * columns));
        attempt(
            query,
            cell,
            id(exemplar, Math.clamp(y, 0, rows - 1), Math.clamp(x, 0, columns - 1)),
            found,
            distance);
      }
    }
  }

  private void moved(
      float[] query, int cell, long match, int down, int right, long[] found, float[] distance) {
    int there = (int) (match % ((long) rows * columns));
    int y = there / columns + down;
    int x = there % columns + right;
    if (y >= 0 && y < rows && x >= 0 && x < columns) {
      attempt(query, cell, match + (long) down * columns + right, found, distance);
    }
  }

  private void attempt(float[] query, int cell, long match, long[] found, float[] distance) {
    float tried = distance(query, cell, match, distance[cell]);
    if (tried < distance[cell]) {
      distance[cell] = tried;
      found[cell] = match;
    }
  }

  private long id(int exemplar, int row, int column) {
    return ((long) exemplar * rows + row) * columns + column;
  }

  /** Squared distance, or something not below {@code limit}. */
  private float distance(float[] query, int cell, long match, float limit) {
    int from = cell * axes;
    long at = match * axes * Float.BYTES;
    float sum = 0;
    int k = 0;
    for (; k + SPECIES.length() <= axes; k += SPECIES.length()) {
      FloatVector difference =
          FloatVector.fromArray(SPECIES, query, from + k)
              .sub(
                  FloatVector.fromMemorySegment(
                      SPECIES, vectors, at + (long) k * Float.BYTES, ByteOrder.LITTLE_ENDIAN));
      sum += difference.mul(difference).reduceLanes(VectorOperators.ADD);
      if (sum >= limit) {
        return sum;
      }
    }
    for (; k < axes; k++) {
      float difference = query[from + k] - vectors.get(FLOAT, at + (long) k * Float.BYTES);
      sum += difference * difference;
    }
    return sum;
  }
}
