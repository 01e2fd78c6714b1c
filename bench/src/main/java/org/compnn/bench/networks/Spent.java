package org.compnn.bench.networks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * Time that something took: on a machine that does other work too, processors' seconds say more.
 *
 * @param seconds by the clock
 * @param processor seconds of all processors together
 */
record Spent(double seconds, double processor) {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /** Since some fixed moment. */
  static Spent now() {
    return new Spent(System.nanoTime() / 1e9, SYSTEM.getProcessCpuTime() / 1e9);
  }

  Spent since(Spent begin) {
    return new Spent(seconds - begin.seconds, processor - begin.processor);
  }

  /** The lesser of both, each by itself. */
  Spent least(Spent other) {
    return new Spent(Math.min(seconds, other.seconds), Math.min(processor, other.processor));
  }
}
