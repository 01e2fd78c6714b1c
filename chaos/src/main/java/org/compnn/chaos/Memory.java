package org.compnn.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the server's memory comes to while it is asked, looked at a few times an hour. */
final class Memory {
  private static final long APART_NANOSECONDS = 300_000_000_000L;

  /** What is no growth: the one question more that is under way, a few more kept answers. */
  private static final double PLAY = 1.1;

  private static final long PLAY_KB = 16 << 10;

  private final Served served;
  private final long begin = System.nanoTime();
  private final List<Look> looks = new ArrayList<>();

  /**
   * A look.
   *
   * @param second since the first
   * @param questions answered until then
   * @param heap KB in use after a collection
   * @param resident KB that the process has
   */
  private record Look(long second, long questions, long heap, long resident) {}

  Memory(Served served) {
    this.served = served;
  }

  /** Looks, if it is time for it. */
  void look(long questions) throws IOException, InterruptedException {
    if (System.nanoTime() - begin >= looks.size() * APART_NANOSECONDS) {
      end(questions);
    }
  }

  /** Looks a last time. */
  void end(long questions) throws IOException, InterruptedException {
    looks.add(
        new Look(
            (System.nanoTime() - begin) / 1_000_000_000,
            questions,
            served.heap(),
            served.resident()));
  }

  /** Adds what was seen: caches may fill up to their share, and from then on nothing grows. */
  void into(Results results, long seed) {
    for (Look look : looks) {
      results.note(
          "After %d s and %d questions: heap %d KB after a collection, process %d KB"
              .formatted(look.second(), look.questions(), look.heap(), look.resident()));
    }
    long first = looks.getFirst().heap();
    long middle =
        looks.subList(0, (looks.size() + 1) / 2).stream().mapToLong(Look::heap).max().orElse(0);
    long last = looks.getLast().heap();
    boolean within = last <= first + Served.CACHES_KB;
    boolean flat = looks.size() < 6 || last <= PLAY * middle + PLAY_KB;
    results.add(
        seed,
        within && flat
            ? Outcome.survived("memory")
            : Outcome.failed("memory", first + " KB grew to " + last + " KB"));
  }
}
