package org.compnn.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.compnn.server.ServeCommand;
import picocli.CommandLine;

/**
 * {@code compnn serve} in a JVM of its own, whose memory is watched from outside and from within.
 */
final class ServedPage implements AutoCloseable {
  private static final long SAMPLE_MILLISECONDS = 100;
  private static final double MEGABYTE = 1 << 20;

  private final Process process;
  private final BufferedReader said;
  private final PrintWriter ask;
  private final String address;

  /**
   * What the server holds.
   *
   * @param heap MB in use after a collection
   * @param mostHeap MB in use at most, collected or not
   * @param own MB of memory that is no mapped file; all that it holds where the system does not
   *     tell
   * @param all MB of memory with the parts of mapped files that it read
   * @param most MB of memory at most so far
   */
  record Memory(double heap, double mostHeap, double own, double all, double most) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "heap %.0f MB (most %.0f), process %.0f MB without and %.0f MB with mapped files (most"
              + " %.0f)",
          heap,
          mostHeap,
          own,
          all,
          most);
    }
  }

  ServedPage(String heap, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heap);
    command.add("-XX:+UseParallelGC");
    command.add("--add-modules=jdk.incubator.vector");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Djava.awt.headless=true");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(ServedPage.class.getName());
    command.addAll(arguments);
    command.addAll(List.of("--port", "0"));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    ask = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    address = line();
  }

  private String line() throws IOException {
    String line = said.readLine();
    if (line == null) {
      throw new IllegalStateException("the server ended");
    }
    return line;
  }

  /** Where the page is, with a slash at the end. */
  String address() {
    return address;
  }

  Memory memory() throws IOException {
    ask.println("memory");
    String[] heap = line().split(" ", -1);
    double all = status("VmRSS:");
    double own = status("RssAnon:");
    return new Memory(
        Double.parseDouble(heap[0]),
        Double.parseDouble(heap[1]),
        own > 0 ? own : all,
        all,
        status("VmHWM:"));
  }

  /** MB, as Linux gives them; 0 elsewhere. */
  private double status(String name) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
          .filter(line -> line.startsWith(name))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D+", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The server's own JVM: serves, and tells of its heap for every line that it is sent. */
  public static void main(String[] arguments) {
    Thread.ofPlatform().daemon().start(ServedPage::tell);
    System.exit(new CommandLine(new ServeCommand()).execute(arguments));
  }

  private static void tell() {
    Runtime runtime = Runtime.getRuntime();
    double[] most = {0};
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              while (true) {
                most[0] =
                    Math.max(most[0], (runtime.totalMemory() - runtime.freeMemory()) / MEGABYTE);
                try {
                  Thread.sleep(SAMPLE_MILLISECONDS);
                } catch (InterruptedException e) {
                  return;
                }
              }
            });
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      while (in.readLine() != null) {
        System.gc();
        double used = (runtime.totalMemory() - runtime.freeMemory()) / MEGABYTE;
        System.out.println(used + " " + Math.max(used, most[0]));
      }
    } catch (IOException e) {
      // Whoever asked is gone.
    }
  }
}
