package org.compnn.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Gives {@code compnn index} and {@code compnn explain} little memory. */
@Command(
    name = "memory",
    mixinStandardHelpOptions = true,
    description =
        "Index and explain with small heaps, and with 2 GB for all where systemd gives such a"
            + " group: it works, or one line says why not.")
final class MemoryCampaign implements Callable<Integer> {
  private static final int LEAST_MB = 24;
  private static final int MOST_MB = 160;

  /** Starts a command in such a group. */
  private static final List<String> GROUP =
      List.of("systemd-run", "--scope", "--quiet", "-p", "MemoryMax=2G", "-p", "MemorySwapMax=0");

  @Mixin private final Bounds bounds = new Bounds();

  @Override
  public Integer call() throws Exception {
    try (Material material = Material.make()) {
      Path known = material.folder().resolve("known.db");
      material.done(material.index(material.data(), known).toArray());
      boolean group = hasGroups();
      Results results = bounds.run("memory", seed -> little(material, known, group, seed));
      results.note(
          group
              ? "Some in a group of 2 GB"
              : "No group of 2 GB here (systemd does not give one): small heaps alone");
      return bounds.tell(results, System.out);
    }
  }

  private static boolean hasGroups() throws InterruptedException {
    try {
      return new ProcessBuilder(Stream.concat(GROUP.stream(), Stream.of("true")).toList())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static Outcome little(Material material, Path known, boolean group, long seed)
      throws IOException, InterruptedException {
    Random random = new Random(seed * 0x9e3779b97f4a7c15L);
    boolean index = random.nextBoolean();
    boolean grouped = group && random.nextBoolean();
    int heap = LEAST_MB + random.nextInt(MOST_MB - LEAST_MB);
    Path out = material.folder().resolve("little");
    List<Object> words =
        index
            ? material.index(material.data(), out)
            : List.of("explain", known, material.picture(), "--out", out);
    String kind = (index ? "index" : "explain") + (grouped ? " in 2 GB" : ", small heap");
    Path home = material.home();
    try (Child child =
        Child.start(
            home,
            grouped ? GROUP : List.of(),
            grouped ? List.of() : List.of("-Xmx" + heap + "m"),
            words)) {
      Child.Ended ended = child.end();
      Optional<String> wrong = ended.unlessDoneOrOneLine().or(() -> unlessSmall(child));
      return wrong
          .map(what -> Outcome.failed(kind, "heap of %d MB: %s".formatted(heap, what)))
          .orElse(Outcome.survived(kind + (ended.code() == 0 ? ", worked" : ", one line")));
    } finally {
      Trees.delete(home);
      Trees.delete(out);
    }
  }

  private static Optional<String> unlessSmall(Child child) {
    try {
      return child.litter();
    } catch (IOException e) {
      return Optional.of(Outcome.text(e));
    }
  }
}
