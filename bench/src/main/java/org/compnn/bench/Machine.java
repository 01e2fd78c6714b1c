package org.compnn.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;

/**
 * Where figures were taken.
 *
 * @param processor its name
 * @param cores that the JVM may use
 * @param vectorBits length of the machine's vectors as the JVM sees them
 * @param java version of the JVM
 * @param system operating system
 * @param load the system's load average before the run; figures want it near 0
 * @param blas environment variables that steer the peers' BLAS; the peers run without them
 */
record Machine(
    String processor,
    int cores,
    int vectorBits,
    String java,
    String system,
    double load,
    Map<String, String> blas) {
  static final List<String> BLAS_PREFIXES =
      List.of("OPENBLAS", "NVPL_BLAS", "MKL", "BLIS", "OMP", "GOTO", "ATLAS");

  static Machine here() {
    Map<String, String> blas = new TreeMap<>();
    System.getenv()
        .forEach(
            (name, value) -> {
              if (steersBlas(name)) {
                blas.put(name, value);
              }
            });
    return new Machine(
        cpuName(),
        Runtime.getRuntime().availableProcessors(),
        FloatVector.SPECIES_PREFERRED.vectorBitSize(),
        Runtime.version().toString(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        blas);
  }

  static boolean steersBlas(String variable) {
    return BLAS_PREFIXES.stream().anyMatch(variable::startsWith);
  }

  private static String cpuName() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
