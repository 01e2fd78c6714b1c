package org.compnn.network.run;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.compnn.network.graph.TensorType;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;

/** Keeps networks from asking for more memory than there is, before they do. */
final class Memory {
  private static final double GIBIBYTE = 1 << 30;

  private Memory() {}

  /** Refuses a tensor that the machine's memory could not hold. */
  static void check(Path file, String tensor, TensorType type) {
    double bytes = 1;
    for (long dim : type.shape()) {
      bytes *= dim;
    }
    bytes *= 4;
    double most = memory();
    if (bytes > most) {
      throw UserError.about(
          Knob.SIZE,
          "%s: the tensor %s has %s numbers, which is %.0f GiB and this machine has %.0f; take a smaller input, or check the network's padding and sizes"
              .formatted(
                  file,
                  tensor,
                  type.shape().stream().map(String::valueOf).collect(Collectors.joining(" x ")),
                  bytes / GIBIBYTE,
                  most / GIBIBYTE));
    }
  }

  private static double memory() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
        ? machine.getTotalMemorySize()
        : Double.MAX_VALUE;
  }
}
