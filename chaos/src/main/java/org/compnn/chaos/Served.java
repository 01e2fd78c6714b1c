package org.compnn.chaos;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code compnn serve} in a process of its own. */
final class Served implements AutoCloseable {
  /** A half of the heap: the page's caches have shares of it. */
  static final long CACHES_KB = 256 << 10;

  private static final Pattern USED = Pattern.compile("used (\\d+)K");
  private static final long PATIENCE_MILLISECONDS = 60_000;

  private final Child child;
  private final int port;

  private Served(Child child, int port) {
    this.child = child;
    this.port = port;
  }

  static Served start(Material material, Path database) throws IOException, InterruptedException {
    Child child =
        Child.start(
            material.home(),
            List.of(),
            List.of("-Xmx512m"),
            List.of("serve", database, "--data", material.more(), "--port", 0));
    long end = System.currentTimeMillis() + PATIENCE_MILLISECONDS;
    while (System.currentTimeMillis() < end && child.process().isAlive()) {
      String said = child.said();
      if (said.contains("\n")) {
        return new Served(child, URI.create(said.lines().findFirst().orElse("")).getPort());
      }
      Thread.sleep(50);
    }
    String said = child.said();
    child.close();
    throw new IllegalStateException("the server has not started: " + said);
  }

  int port() {
    return port;
  }

  boolean isAlive() {
    return child.process().isAlive();
  }

  String said() throws IOException {
    return child.said();
  }

  /** KB of its heap that are in use after a collection. */
  long heap() throws IOException, InterruptedException {
    tool("GC.run");
    String info = tool("GC.heap_info");
    long used = 0;
    for (Matcher m =
            USED.matcher(
                info.lines()
                    .filter(l -> !l.contains("Metaspace") && !l.contains("class space"))
                    .reduce("", (a, b) -> a + "\n" + b));
        m.find(); ) {
      used += Long.parseLong(m.group(1));
    }
    return used;
  }

  /** KB of memory that it has from the system; 0 where the system does not say. */
  long resident() throws IOException {
    Path status = Path.of("/proc", Long.toString(child.process().pid()), "status");
    return Files.exists(status)
        ? Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .sum()
        : 0;
  }

  private String tool(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(child.process().pid()),
                command)
            .redirectErrorStream(true)
            .start();
    try (var in = process.inputReader()) {
      String said = String.join("\n", in.lines().toList());
      process.waitFor();
      return said;
    }
  }

  @Override
  public void close() {
    child.close();
  }
}
