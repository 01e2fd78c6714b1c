package org.compnn.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What the machine could do at most, measured: multiplications and additions of floats in registers
 * (fused, two operations each), and reading memory from front to back.
 *
 * @param threads that worked at once
 * @param gflops 10^9 operations a second
 * @param gigabytes 10^9 bytes read a second, from arrays that fit into no cache
 */
record MachineLimits(int threads, double gflops, double gigabytes) {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** Sums in registers at once: enough to hide how long a fused multiplication takes. */
  private static final int SUMS = 12;

  private static final int STEPS = 20_000_000;
  private static final int RUNS = 5;

  /** Floats that a thread reads: 256 MB. */
  private static final int FLOATS = 1 << 26;

  /** Measures with each of these numbers of threads; takes a second or two. */
  static List<MachineLimits> measure(int... threads) {
    List<MachineLimits> limits = new ArrayList<>();
    for (int count : threads) {
      limits.add(measured(count));
    }
    return limits;
  }

  /** For people. */
  String line() {
    return String.format(
        Locale.ROOT,
        "the machine's limit with %d thread(s): %.0f GFLOP/s in registers, %.1f GB/s from memory",
        threads,
        gflops,
        gigabytes);
  }

  private static MachineLimits measured(int threads) {
    List<float[]> memory = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      float[] part = new float[FLOATS];
      for (int at = 0; at < part.length; at += SPECIES.length()) {
        part[at] = at;
      }
      memory.add(part);
    }
    double operations = 2.0 * SUMS * SPECIES.length() * STEPS * threads;
    double bytes = (double) FLOATS * Float.BYTES * threads;
    return new MachineLimits(
        threads,
        operations / seconds(threads, _ -> multiply(STEPS)) * 1e-9,
        bytes / seconds(threads, thread -> read(memory.get(thread))) * 1e-9);
  }

  /** Work of one thread; what it returns is only there to be used. */
  private interface Work {
    float run(int thread);
  }

  /** The best of some runs; the first compile and are not counted. */
  private static double seconds(int threads, Work work) {
    double best = Double.POSITIVE_INFINITY;
    float used = 0;
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (int run = -2; run < RUNS; run++) {
        long begin = System.nanoTime();
        List<Future<Float>> parts = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
          int number = thread;
          parts.add(pool.submit(() -> work.run(number)));
        }
        for (Future<Float> part : parts) {
          used += part.get();
        }
        if (run >= 0) {
          best = Math.min(best, (System.nanoTime() - begin) / 1e9);
        }
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
    if (Float.isNaN(used)) {
      throw new IllegalStateException("the sums are not numbers");
    }
    return best;
  }

  private static float multiply(int steps) {
    FloatVector factor = FloatVector.broadcast(SPECIES, 0.999f);
    FloatVector a = FloatVector.broadcast(SPECIES, 1f);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    FloatVector e = a;
    FloatVector f = a;
    FloatVector g = a;
    FloatVector h = a;
    FloatVector i = a;
    FloatVector j = a;
    FloatVector k = a;
    FloatVector l = a;
    for (int step = 0; step < steps; step++) {
      a = a.fma(factor, factor);
      b = b.fma(factor, factor);
      c = c.fma(factor, factor);
      d = d.fma(factor, factor);
      e = e.fma(factor, factor);
      f = f.fma(factor, factor);
      g = g.fma(factor, factor);
      h = h.fma(factor, factor);
      i = i.fma(factor, factor);
      j = j.fma(factor, factor);
      k = k.fma(factor, factor);
      l = l.fma(factor, factor);
    }
    return a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).add(i).add(j).add(k).add(l).lane(0);
  }

  private static float read(float[] memory) {
    FloatVector a = FloatVector.zero(SPECIES);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    int lanes = SPECIES.length();
    for (int at = 0; at < memory.length; at += 4 * lanes) {
      a = a.add(FloatVector.fromArray(SPECIES, memory, at));
      b = b.add(FloatVector.fromArray(SPECIES, memory, at + lanes));
      c = c.add(FloatVector.fromArray(SPECIES, memory, at + 2 * lanes));
      d = d.add(FloatVector.fromArray(SPECIES, memory, at + 3 * lanes));
    }
    return a.add(b).add(c).add(d).lane(0);
  }
}
