package org.compnn.kernels;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.compnn.npy.ElementType;

/**
 * Sees to it that the vector kernels of the field search are compiled before a search needs them:
 * until then one costs a thousand times what it costs later. They are called on small numbers, on a
 * thread of its own, while a program does something else (opens a database, runs the network).
 * Results do not depend on it.
 */
public final class WarmUp {
  /** No compiled kernel takes longer for so few numbers; interpreted, all do. */
  private static final long HOT_NANOS = 4_000;

  /** After so long it is left to the searches. */
  private static final long MOST_NANOS = 3_000_000_000L;

  private static final int CALLS = 16;

  /** Passes after which the compiler is waited for. */
  private static final int EAGER_PASSES = 6;

  private static final int CHANNELS = 4;
  private static final int PANELS = 2;
  private static final int NUMBERS = 1024;

  private static boolean begun;

  private WarmUp() {}

  /** Begins, once a process; a later call does nothing. */
  public static synchronized void begin() {
    if (begun || !Best.VECTORS || !VectorKernels.worthwhile()) {
      return;
    }
    begun = true;
    Thread.ofPlatform().daemon().name("compnn-warm-up").start(() -> call(Kernels.best()));
  }

  /** Calls each kernel until it is hot; returns how many are not after all. */
  static int call(Kernels kernels) {
    List<Runnable> cold = new ArrayList<>(calls(kernels));
    long begin = System.nanoTime();
    for (int pass = 0; !cold.isEmpty() && System.nanoTime() - begin < MOST_NANOS; pass++) {
      cold.removeIf(WarmUp::isHot);
      if (pass >= EAGER_PASSES) {
        try {
          Thread.sleep(2);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          break;
        }
      }
    }
    return cold.size();
  }

  private static boolean isHot(Runnable call) {
    int quick = 0;
    for (int i = 0; i < CALLS; i++) {
      long begin = System.nanoTime();
      call.run();
      quick += System.nanoTime() - begin < HOT_NANOS ? 1 : 0;
    }
    return quick > CALLS / 2;
  }

  /**
   * Stored numbers as searches read them, mapped, since what is compiled for other memory does not
   * serve them: a file of letters, two of which are never an infinite number.
   */
  private static MemorySegment mapped(int bytes) {
    Path letters = Path.of(System.getProperty("java.home"), "release");
    try (FileChannel channel = FileChannel.open(letters, StandardOpenOption.READ)) {
      if (channel.size() >= bytes) {
        return channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes, Arena.ofAuto());
      }
    } catch (IOException e) {
      // A Java without that file; other memory is better than none.
    }
    return MemorySegment.ofArray(new byte[bytes]);
  }

  /** In the order in which a search calls them. */
  private static List<Runnable> calls(Kernels kernels) {
    int panel = kernels.panel();
    float[] numbers = new float[NUMBERS];
    for (int i = 0; i < NUMBERS; i++) {
      numbers[i] = i % 7 - 3;
    }
    float[] out = new float[8 * NUMBERS];
    int width = PANELS * panel;
    byte[] codes = new byte[Kernels.BLOCK * CHANNELS * PANELS];
    int[] columns = new int[width];
    MemorySegment halves = mapped(Short.BYTES * width);
    // Of one row some slices exceed their limit, some do not.
    float[] limit = new float[Kernels.ROWS];
    Arrays.fill(limit, 1, Kernels.ROWS, Float.POSITIVE_INFINITY);
    float[] slices = new float[8 * NUMBERS];
    Arrays.fill(slices, width / 2, slices.length, 1);
    return List.of(
        () -> kernels.project(numbers, 0, 9, numbers, kernels.lanes(), out, 0),
        () ->
            kernels.multiply(
                numbers, 0, numbers, 0, numbers, 0, CHANNELS, PANELS, out, 0, 2 * panel),
        () -> kernels.reached(numbers, 0, width, 2),
        () -> kernels.above(numbers, 0, width, 1, columns),
        () -> kernels.widen(codes, PANELS, CHANNELS, numbers, out, out),
        () -> kernels.exceed(slices, 0, width, 2 * PANELS, limit, 0),
        () ->
            VectorCodec.read(
                ElementType.FLOAT16, halves, 0, width, numbers, numbers, numbers, out, 0),
        () -> kernels.squaredDistance(numbers, 0, numbers, 1, width));
  }
}
