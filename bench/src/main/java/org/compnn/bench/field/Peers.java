package org.compnn.bench.field;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.compnn.bench.Instructions;
import org.compnn.files.Resource;

/** Runs the contenders of a prepared case, each in a process of its own. */
final class Peers {
  /** Heap of our own process, so that its peak is no larger than it has to be. */
  private static final String OWN_HEAP = "-Xmx300m";

  private static final String PEER_HEAP = "-Xmx4g";

  private final Prepared prepared;
  private final Limits limits;

  /** Why a peer was not run, kept so that the next run does not wait for it again. */
  record Refusal(double limit, String version, String notRun) {}

  Peers(Prepared prepared, Limits limits) {
    this.prepared = prepared;
    this.limits = limits;
  }

  /** The field search itself. */
  Result own() throws IOException {
    Answer answer =
        answer(
            order("compnn", prepared.activationFiles(), "", "", "", List.of(0), List.of(1)),
            List.of(
                java(),
                OWN_HEAP,
                "-XX:+UseParallelGC",
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName()));
    return result(
        "CompNN field search",
        true,
        answer,
        Prepared.times(prepared.place()).getOrDefault(prepared.lists(), -1.0),
        listBytes());
  }

  /** A peer. */
  Result peer(Cases.Peer peer) throws IOException {
    String refusal = refusal(peer);
    if (!refusal.isEmpty()) {
      return notRun(peer, "", refusal);
    }
    String index = peer.index(prepared.vectorCount());
    String name =
        "%s-p%d-axes%d-%s"
            .formatted(
                peer.library(),
                prepared.one().hyperpatch(),
                peer.axes(),
                index.replaceAll(" searched by .*", "").replaceAll("[^A-Za-z0-9]+", "-"));
    Path file = prepared.place().resolve(name + ".index");
    Path refused = prepared.place().resolve(name + ".refused.json");
    if (Files.exists(refused)) {
      Refusal before = Json.read(refused, Refusal.class);
      if (before.limit() >= limits.peerLimit()) {
        return notRun(peer, before.version(), before.notRun());
      }
    }
    Order order =
        order(
            peer.library(),
            prepared.projected(peer.axes()),
            prepared.vectors(peer.axes()).toString(),
            index,
            file.toString(),
            peer.settings(),
            peer.ranked());
    Answer answer = answer(order, command(peer));
    if (answer.built() >= 0) {
      Prepared.note(prepared.place(), name, answer.built());
    }
    if (answer.notRun().contains("building took")
        && !answer.notRun().contains("the next run goes on")) {
      Json.write(refused, new Refusal(limits.peerLimit(), answer.version(), answer.notRun()));
    }
    double built = Prepared.times(prepared.place()).getOrDefault(name, -1.0);
    return result(peer.name() + ", " + index, false, answer, built, answer.bytes());
  }

  /** Why a peer is not even tried; empty if it is. */
  private String refusal(Cases.Peer peer) {
    long vectors = prepared.vectorCount();
    if (vectors > peer.most()) {
      return String.format(
          Locale.ROOT,
          "not run: %,d vectors; it is built for up to %,d here (time and memory)",
          vectors,
          peer.most());
    }
    if (peer.axes() > prepared.inputs()) {
      return "not run: hyperpatches have only " + prepared.inputs() + " numbers";
    }
    double bytes = (double) vectors * (peer.axes() == 0 ? prepared.inputs() : peer.axes()) * 4;
    if (bytes > limits.peerMemory()) {
      return String.format(
          Locale.ROOT,
          "not run: %.1f GB of vectors, more than the %.1f GB of --peer-memory",
          bytes / 1e9,
          limits.peerMemory() / 1e9);
    }
    return "";
  }

  private static Result notRun(Cases.Peer peer, String version, String why) {
    return new Result(peer.name(), false, version, false, -1, 0, why, List.of());
  }

  static String late(double limit, int done, int all) {
    return String.format(
        Locale.ROOT,
        "not run: building took more than %.0f s (%,d of %,d vectors were in it)",
        limit,
        done,
        all);
  }

  private List<String> command(Cases.Peer peer) throws IOException {
    if (peer.library().equals("faiss")) {
      Path script = prepared.place().resolve("faiss_field.py");
      Files.write(script, Resource.bytes(Peers.class, "faiss_field.py"));
      Instructions.writeScript(prepared.place());
      return List.of(limits.python(), script.toString());
    }
    return List.of(
        java(),
        PEER_HEAP,
        "-XX:+UseParallelGC",
        "--add-modules=jdk.incubator.vector",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        Worker.class.getName());
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private Order order(
      String library,
      List<Path> queries,
      String vectors,
      String index,
      String file,
      List<Integer> settings,
      List<Integer> ranked) {
    return new Order(
        library,
        prepared.database().folder().toString(),
        prepared.store().layer().name(),
        prepared.one().hyperpatch(),
        queries.stream().map(Path::toString).toList(),
        prepared.truths().stream().map(Truth::cells).toList(),
        vectors,
        prepared.store().layer().rows(),
        prepared.store().layer().columns(),
        index,
        file,
        settings,
        ranked,
        limits.threads(),
        limits.repeats(),
        limits.peerLimit(),
        limits.patience(),
        limits.prepare());
  }

  private Answer answer(Order order, List<String> command) throws IOException {
    Path folder = prepared.place();
    Path ordered = folder.resolve("order.json");
    Path answered = folder.resolve("answer.json");
    Path log = folder.resolve("contender.log");
    Files.deleteIfExists(answered);
    Json.write(ordered, order);
    List<String> whole = new ArrayList<>(command);
    whole.add(ordered.toString());
    whole.add(answered.toString());
    ProcessBuilder builder =
        new ProcessBuilder(whole)
            .redirectErrorStream(true)
            .redirectOutput(new File(log.toString()));
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(limits.hidden());
    // FAISS sets its own number of threads; BLAS within one must not add more.
    environment.put("OMP_WAIT_POLICY", "PASSIVE");
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return new Answer(
          "", "", -1, 0, "not run: %s does not start".formatted(command.getFirst()), List.of());
    }
    Thread end = new Thread(process::destroy);
    Runtime.getRuntime().addShutdownHook(end);
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      throw new IOException(e);
    }
    Runtime.getRuntime().removeShutdownHook(end);
    if (!Files.exists(answered)) {
      return new Answer("", "", -1, 0, "not run: it failed, see " + log, List.of());
    }
    return Json.read(answered, Answer.class);
  }

  private Result result(String name, boolean own, Answer answer, double built, long bytes) {
    List<Result.Setting> settings = new ArrayList<>();
    for (Answer.Run run : answer.runs()) {
      settings.add(run.ranked() == 1 ? setting(run) : ranked(run));
    }
    boolean generic = !own && !Instructions.atFullStrength(answer.instructions());
    return new Result(
        name, own, answer.version(), generic, built, bytes, answer.notRun(), settings);
  }

  private Result.Setting setting(Answer.Run run) {
    return new Result.Setting(
        run.setting(),
        run.threads(),
        run.seconds(),
        run.cells(),
        run.memory(),
        Score.of(prepared, run.found()));
  }

  /** The peer's best, ranked by the full distance; that time is added to the peer's own. */
  private Result.Setting ranked(Answer.Run run) {
    Reranking ranking = Reranking.of(prepared, run, limits.repeats());
    return new Result.Setting(
        "%s, best %d ranked in full".formatted(run.setting(), run.ranked()),
        run.threads(),
        run.seconds() + ranking.seconds(),
        run.cells(),
        run.memory(),
        Score.of(prepared, ranking.found()));
  }

  private long listBytes() throws IOException {
    try (Stream<Path> files = Files.walk(prepared.database().folder().resolve("layers"))) {
      long bytes = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path parent = file.getParent();
        if (parent != null && parent.endsWith(prepared.lists())) {
          bytes += Files.size(file);
        }
      }
      return bytes;
    }
  }
}
