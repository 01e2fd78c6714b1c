package org.compnn.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A cluster on this machine's loopback: a master and workers of one core, each a process of its
 * own, started as a user starts them and ended by their handles.
 */
final class LoopbackCluster implements AutoCloseable {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final String SHORT = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";
  private static final long PATIENCE_SECONDS = 120;

  private final Path folder;
  private final int port;
  private final List<Process> processes = new ArrayList<>();

  private LoopbackCluster(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /**
   * Starts one.
   *
   * @param folder for what its processes write
   */
  static LoopbackCluster start(Path folder, int workers) throws Exception {
    built();
    LoopbackCluster cluster = new LoopbackCluster(folder, freePort());
    try {
      cluster.launch("master", "--port", String.valueOf(cluster.port), "--webui-port", "0");
      cluster.waitForTheMaster();
      for (int i = 0; i < workers; i++) {
        cluster.launch("worker", cluster.master(), "--cores", "1", "-m", "1g", "--webui-port", "0");
      }
      return cluster;
    } catch (Exception e) {
      cluster.close();
      throw e;
    }
  }

  /** Tells the launcher that what it needs is built, and not to rehearse: that takes longer. */
  private static void built() throws IOException {
    Files.writeString(HOME.resolve("spark/target/launcher-built"), "");
    Path start = Files.createDirectories(HOME.resolve("spark/target/start"));
    Files.writeString(start.resolve("rehearsed"), "");
  }

  /**
   * Runs the launcher without a cluster.
   *
   * @return what it says, its errors too
   */
  static String alone(Path folder, int code, String... arguments) throws Exception {
    built();
    try (LoopbackCluster none = new LoopbackCluster(folder, 0)) {
      return none.said(code, arguments);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private String master() {
    return "spark://127.0.0.1:" + port;
  }

  private void launch(String... arguments) throws IOException {
    processes.add(process("daemon-" + processes.size() + ".log", arguments).start());
  }

  private ProcessBuilder process(String log, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(HOME.resolve("bin/compnn-cluster").toString());
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("COMPNN_JAVA_OPTIONS", SHORT);
    builder.environment().put("SPARK_WORKER_DIR", folder.resolve("work").toString());
    builder.environment().put("SPARK_LOCAL_DIRS", folder.resolve("scratch").toString());
    return builder.redirectErrorStream(true).redirectOutput(folder.resolve(log).toFile());
  }

  private void waitForTheMaster() throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        assertThat(System.nanoTime()).as("the master listens").isLessThan(end);
        assertThat(processes.getFirst().isAlive()).as("the master runs").isTrue();
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  /**
   * Runs a command.
   *
   * @return what it says, its errors too
   */
  String run(int code, Object... arguments) throws Exception {
    List<String> whole = new ArrayList<>();
    whole.add(arguments[0].toString());
    whole.addAll(List.of("--master", master(), "--conf", "spark.ui.enabled=false"));
    whole.addAll(List.of("--conf", "spark.executor.memory=512m"));
    // Each process lives some seconds.
    whole.addAll(List.of("--conf", "spark.executor.extraJavaOptions=" + SHORT));
    Arrays.stream(arguments).skip(1).map(Object::toString).forEach(whole::add);
    return said(code, whole.toArray(String[]::new));
  }

  private String said(int code, String... arguments) throws Exception {
    Process program = process("program.log", arguments).start();
    try {
      assertThat(program.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
      String said = Files.readString(folder.resolve("program.log"));
      assertThat(program.exitValue()).as(said).isEqualTo(code);
      return said;
    } finally {
      program.destroy();
    }
  }

  @Override
  public void close() {
    processes.reversed().forEach(Process::destroy);
    for (Process process : processes) {
      try {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
