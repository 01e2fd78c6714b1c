package org.compnn.compose;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.image.ValueMap;
import org.compnn.search.Field;
import org.compnn.threads.Workers;

/** One composition under way. */
final class Pasting {
  private static final byte UNLABELLED = (byte) LabelMap.UNLABELLED;

  private final Field field;
  private final int exemplarRows;
  private final int exemplarColumns;
  private final IntFunction<? extends Raster> exemplars;
  private final int height;
  private final int width;
  private final Workers workers;
  private final Patches down;
  private final Patches across;
  private final List<CellsByExemplar> groups;

  /** Bytes a pixel: 3 for pictures, 1 for label maps, 4 for each value. */
  private final int depth;

  private final Raster first;

  Pasting(
      Field field,
      int exemplarRows,
      int exemplarColumns,
      IntFunction<? extends Raster> exemplars,
      int height,
      int width,
      Workers workers) {
    this.field = field;
    this.exemplarRows = exemplarRows;
    this.exemplarColumns = exemplarColumns;
    this.exemplars = exemplars;
    this.height = height;
    this.width = width;
    this.workers = workers;
    down = new Patches(height, field.rows());
    across = new Patches(width, field.columns());
    groups = CellsByExemplar.of(field);
    if (groups.isEmpty()) {
      throw new IllegalArgumentException("no cell of the field has a match, nothing to paste");
    }
    first = exemplars.apply(groups.getFirst().exemplar());
    depth = Composition.depth(first);
  }

  /** Each cell pastes its own patch. */
  Raster ownPatches() {
    byte[] pasted = nothing();
    workers.run(
        groups.size(),
        (number, thread) -> {
          CellsByExemplar group = groups.get(number);
          Source source = source(group);
          for (int cell : group.cells()) {
            int match = cell * field.topK();
            source.copy(cell, cell, field.row()[match], field.column()[match], pasted);
          }
        });
    return raster(pasted);
  }

  /** Each cell pastes the patches of its whole hyperpatch. */
  Raster hyperpatches(int p) {
    return switch (first) {
      case LabelMap _ -> voted(p);
      case Picture _ -> averaged(p);
      case ValueMap values -> averaged(p, values.channels());
    };
  }

  private Raster averaged(int p) {
    int[] sums = new int[height * width * depth];
    int[] patches = new int[height * width];
    byte[] scratch = new byte[height * width * depth];
    for (CellsByExemplar group : groups) {
      Source source = source(group);
      for (int cell : group.cells()) {
        for (int slot = 0; slot < p * p; slot++) {
          int target = neighbour(cell, slot, p);
          if (target >= 0) {
            source.copyNeighbour(cell, target, slot, p, scratch);
            add(target, scratch, sums, patches);
          }
        }
      }
    }
    byte[] averaged = new byte[sums.length];
    for (int i = 0; i < sums.length; i++) {
      int n = patches[i / depth];
      averaged[i] = n == 0 ? 0 : (byte) ((2 * sums[i] + n) / (2 * n));
    }
    return raster(averaged);
  }

  /** Pixels without a value are left out, unless nothing else lies there. */
  private Raster averaged(int p, int channels) {
    double[] sums = new double[height * width * channels];
    int[] counts = new int[sums.length];
    byte[] scratch = nothing();
    FloatBuffer patch = ByteBuffer.wrap(scratch).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    for (CellsByExemplar group : groups) {
      Source source = source(group);
      for (int cell : group.cells()) {
        for (int slot = 0; slot < p * p; slot++) {
          int target = neighbour(cell, slot, p);
          if (target >= 0) {
            source.copyNeighbour(cell, target, slot, p, scratch);
            add(target, patch, channels, sums, counts);
          }
        }
      }
    }
    float[] averaged = new float[sums.length];
    for (int i = 0; i < sums.length; i++) {
      averaged[i] = counts[i] == 0 ? Float.NaN : (float) (sums[i] / counts[i]);
    }
    return new ValueMap(height, width, channels, averaged);
  }

  private void add(int cell, FloatBuffer patch, int channels, double[] sums, int[] counts) {
    int row = cell / field.columns();
    int column = cell % field.columns();
    for (int y = down.first(row); y < down.end(row); y++) {
      int from = (y * width + across.first(column)) * channels;
      int to = (y * width + across.end(column)) * channels;
      for (int i = from; i < to; i++) {
        float value = patch.get(i);
        if (!Float.isNaN(value)) {
          sums[i] += value;
          counts[i]++;
        }
      }
    }
  }

  /** What is there before anything is pasted. */
  private byte[] nothing() {
    return switch (first) {
      case Picture _ -> new byte[height * width * depth];
      case LabelMap _ -> {
        byte[] unlabelled = new byte[height * width];
        Arrays.fill(unlabelled, UNLABELLED);
        yield unlabelled;
      }
      case ValueMap values -> ValueMap.unknown(height, width, values.channels()).littleEndian();
    };
  }

  /** A vote of a pixel lies at slot x pixels + pixel, one slot for each cell of a hyperpatch. */
  private Raster voted(int p) {
    int pixels = height * width;
    byte[][] votes = new byte[p * p][pixels];
    for (byte[] slot : votes) {
      Arrays.fill(slot, UNLABELLED);
    }
    workers.run(
        groups.size(),
        (number, thread) -> {
          CellsByExemplar group = groups.get(number);
          Source source = source(group);
          for (int cell : group.cells()) {
            for (int slot = 0; slot < p * p; slot++) {
              int target = neighbour(cell, slot, p);
              if (target >= 0) {
                source.copyNeighbour(cell, target, slot, p, votes[slot]);
              }
            }
          }
        });
    int ownSlot = (p - 1) / 2 * p + (p - 1) / 2;
    byte[] winners = new byte[pixels];
    int[] counts = new int[LabelMap.UNLABELLED + 1];
    for (int pixel = 0; pixel < pixels; pixel++) {
      winners[pixel] = (byte) winner(votes, pixel, votes[ownSlot][pixel] & 0xff, counts);
    }
    return raster(winners);
  }

  private static int winner(byte[][] votes, int pixel, int own, int[] counts) {
    Arrays.fill(counts, 0);
    for (byte[] slot : votes) {
      counts[slot[pixel] & 0xff]++;
    }
    int best = LabelMap.UNLABELLED;
    int most = 0;
    for (int label = 0; label < LabelMap.UNLABELLED; label++) {
      if (counts[label] > most || (counts[label] == most && most > 0 && label == own)) {
        best = label;
        most = counts[label];
      }
    }
    return best;
  }

  /** The query cell at a slot of another's hyperpatch, or -1 beyond the edge. */
  private int neighbour(int cell, int slot, int p) {
    int row = cell / field.columns() + slot / p - (p - 1) / 2;
    int column = cell % field.columns() + slot % p - (p - 1) / 2;
    boolean inside = row >= 0 && row < field.rows() && column >= 0 && column < field.columns();
    return inside ? row * field.columns() + column : -1;
  }

  private void add(int cell, byte[] patch, int[] sums, int[] patches) {
    int row = cell / field.columns();
    int column = cell % field.columns();
    for (int y = down.first(row); y < down.end(row); y++) {
      for (int x = across.first(column); x < across.end(column); x++) {
        int pixel = y * width + x;
        patches[pixel]++;
        for (int c = 0; c < depth; c++) {
          sums[pixel * depth + c] += patch[pixel * depth + c] & 0xff;
        }
      }
    }
  }

  private Source source(CellsByExemplar group) {
    boolean read = group.exemplar() == groups.getFirst().exemplar();
    Raster raster = read ? first : exemplars.apply(group.exemplar());
    if (!raster.getClass().equals(first.getClass()) || Composition.depth(raster) != depth) {
      throw new IllegalArgumentException(
          "exemplars %d and %d differ in kind"
              .formatted(groups.getFirst().exemplar(), group.exemplar()));
    }
    return new Source(raster);
  }

  private Raster raster(byte[] bytes) {
    return switch (first) {
      case Picture _ -> new Picture(height, width, bytes);
      case LabelMap _ -> new LabelMap(height, width, bytes);
      case ValueMap values -> ValueMap.ofLittleEndian(height, width, values.channels(), bytes);
    };
  }

  /** One exemplar that patches are cut from. */
  private final class Source {
    private final byte[] bytes;
    private final int sourceWidth;
    private final Patches sourceDown;
    private final Patches sourceAcross;

    Source(Raster raster) {
      bytes = Composition.bytes(raster);
      sourceWidth = raster.width();
      sourceDown = new Patches(raster.height(), exemplarRows);
      sourceAcross = new Patches(raster.width(), exemplarColumns);
    }

    /** Pastes the patch that lies at a slot of a match's hyperpatch, the border cell repeated. */
    void copyNeighbour(int cell, int target, int slot, int p, byte[] into) {
      int match = cell * field.topK();
      int row = field.row()[match] + slot / p - (p - 1) / 2;
      int column = field.column()[match] + slot % p - (p - 1) / 2;
      copy(
          cell,
          target,
          Math.clamp(row, 0, exemplarRows - 1),
          Math.clamp(column, 0, exemplarColumns - 1),
          into);
    }

    /** Pastes the patch of cell (row, column) here over the patch of query cell {@code target}. */
    void copy(int cell, int target, int row, int column, byte[] into) {
      if (row < 0 || row >= exemplarRows || column < 0 || column >= exemplarColumns) {
        throw new IllegalArgumentException(
            "query cell %d matches cell (%d, %d), but an exemplar has %d x %d cells"
                .formatted(cell, row, column, exemplarRows, exemplarColumns));
      }
      int targetRow = target / field.columns();
      int targetColumn = target % field.columns();
      for (int y = down.first(targetRow); y < down.end(targetRow); y++) {
        int fromY = down.across(y, targetRow, sourceDown, row);
        for (int x = across.first(targetColumn); x < across.end(targetColumn); x++) {
          int fromX = across.across(x, targetColumn, sourceAcross, column);
          System.arraycopy(
              bytes, (fromY * sourceWidth + fromX) * depth, into, (y * width + x) * depth, depth);
        }
      }
    }
  }
}
