package org.compnn.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.compnn.files.Resource;
import org.compnn.npy.Npy;

/**
 * A Python that stays for the whole run and does what it is told, a line at a time: FAISS's flat
 * index, NumPy's product. See {@code peers.py}.
 */
final class PythonPeer implements AutoCloseable {
  private final Path folder;
  private final Process process;
  private final BufferedWriter orders;
  private final BufferedReader answers;
  private final List<String> abilities;
  private final String versions;
  private final String instructions;

  PythonPeer(String python, ExactCase work, int threads) throws IOException {
    folder = Files.createTempDirectory("compnn-bench");
    Npy.write(
        folder.resolve("query.npy"),
        new int[] {work.peerCells(), work.channels()},
        work.peerQuery());
    int[] exemplars = work.selection().indices();
    for (int i = 0; i < exemplars.length; i++) {
      Npy.write(
          folder.resolve("cells-%04d.npy".formatted(i)),
          new int[] {work.cellsAnExemplar(), work.channels()},
          work.cells(exemplars[i]));
    }
    Path script = folder.resolve("peers.py");
    Files.write(script, Resource.bytes(PythonPeer.class, "peers.py"));
    Instructions.writeScript(folder);
    ProcessBuilder builder =
        new ProcessBuilder(python, script.toString(), folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(Machine::steersBlas);
    // Threads that wait without spinning leave the machine to the next contender.
    environment.put("OMP_WAIT_POLICY", "PASSIVE");
    for (String name : List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")) {
      environment.put(name, Integer.toString(threads));
    }
    process = builder.start();
    orders = process.outputWriter();
    answers = process.inputReader();
    versions = answer();
    instructions = answer();
    abilities = List.of(answer().split(" "));
  }

  /** Versions and builds of what is installed. */
  String versions() {
    return versions;
  }

  /** What FAISS runs with; see {@link Instructions}. */
  String instructions() {
    return instructions;
  }

  boolean can(String ability) {
    return abilities.contains(ability);
  }

  /** Does an order, such as {@code faiss}, and returns the seconds that it took. */
  double seconds(String what) {
    try {
      orders.write(what + "\n");
      orders.flush();
      return Double.parseDouble(answer());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What FAISS found last: for each cell of the query the training cell, exemplar by exemplar. */
  long[] found() {
    try {
      ByteBuffer bytes =
          ByteBuffer.wrap(Files.readAllBytes(folder.resolve("found.raw")))
              .order(ByteOrder.nativeOrder());
      long[] found = new long[bytes.remaining() / 8];
      bytes.asLongBuffer().get(found);
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String answer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("the peers' Python ended");
    }
    return line;
  }

  @Override
  public void close() {
    process.destroy();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
