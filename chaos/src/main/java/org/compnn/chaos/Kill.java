package org.compnn.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.compnn.database.Database;
import org.compnn.database.Problem;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;

/** One build that is ended up to three times, and then goes on to its end. */
final class Kill {
  private static final int MOST = 3;
  private static final String FOREIGN = "notes.txt";

  private final Material material;
  private final Builds builds;
  private final AtomicLong kills;
  private final Random random;
  private final Builds.Way way;
  private final Moment moment;
  private final String signal;
  private final Path folder;
  private final Path database;

  /** When a process is ended. */
  private enum Moment {
    TIME,
    FILE_EVENT,
    LIST_EVENT
  }

  /**
   * Chooses what to do.
   *
   * @param kills counts how many processes a signal has ended, rather than coming too late
   * @param asked the way of building, where none is to be drawn
   */
  Kill(Material material, Builds builds, AtomicLong kills, long seed, Optional<Builds.Way> asked) {
    this.material = material;
    this.kills = kills;
    this.builds = builds;
    this.random = new Random(seed * 0x9e3779b97f4a7c15L);
    Builds.Way drawn = pick(Builds.Way.DRAWN.toArray(Builds.Way[]::new));
    this.way = asked.orElse(drawn);
    this.moment = pick(Moment.values());
    this.signal = random.nextInt(3) > 0 || way == Builds.Way.SHARDS ? "KILL" : pick("INT", "TERM");
    this.folder = material.folder().resolve("try");
    this.database = folder.resolve("train.db");
  }

  @SafeVarargs
  private <T> T pick(T... from) {
    return from[random.nextInt(from.length)];
  }

  Outcome run() throws IOException, InterruptedException {
    String kind =
        "%s, %s, %s"
            .formatted(
                way.name().toLowerCase(Locale.ROOT),
                moment.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                signal);
    try {
      Optional<String> wrong = wrong();
      return wrong.isEmpty() ? Outcome.survived(kind) : Outcome.failed(kind, wrong.get());
    } finally {
      Trees.delete(folder);
    }
  }

  private Optional<String> wrong() throws IOException, InterruptedException {
    Builds.Undisturbed undisturbed = builds.undisturbed(way);
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(FOREIGN), FOREIGN);
    Files.createDirectories(database);
    builds.prepare(way, database);
    int wanted = 1 + random.nextInt(MOST);
    for (int kill = 0; kill < wanted; kill++) {
      Optional<String> wrong = killed(undisturbed).or(this::left);
      if (wrong.isPresent()) {
        return wrong;
      }
      if (Database.isThere(database) || Files.exists(database.resolve("build/plan.json"))) {
        // Somebody else's, in a folder that is known for a database's.
        Files.writeString(database.resolve(FOREIGN), FOREIGN);
      }
    }
    Path home = material.home();
    Child.Ended ended;
    Optional<String> litter;
    try (Child child = Child.start(home, builds.words(way, database))) {
      ended = child.end();
      litter = child.litter();
    }
    Trees.delete(home);
    Map<String, String> found = Trees.hashes(database);
    boolean foreign = found.remove(FOREIGN) != null || !Files.exists(database.resolve(FOREIGN));
    return ended
        .unless(0)
        .map(what -> "going on: " + what)
        .or(() -> litter)
        .or(() -> Trees.difference(undisturbed.hashes(), found))
        .or(() -> foreign ? Optional.empty() : Optional.of("a foreign file was touched"))
        .or(
            () ->
                Files.exists(folder.resolve(FOREIGN))
                    ? Optional.empty()
                    : Optional.of("a file beside the database is gone"));
  }

  /** Starts the build and ends it. */
  private Optional<String> killed(Builds.Undisturbed undisturbed)
      throws IOException, InterruptedException {
    Path home = material.home();
    int events = moment == Moment.LIST_EVENT ? undisturbed.listEvents() : undisturbed.events();
    int wanted = moment == Moment.TIME ? 0 : 1 + random.nextInt(Math.max(1, events));
    long wait = Math.round(random.nextDouble() * 1.1 * undisturbed.milliseconds());
    try (Child child = Child.start(home, builds.words(way, database));
        FileEvents _ =
            FileEvents.of(
                database,
                moment == Moment.LIST_EVENT ? Builds::isOfLists : _ -> true,
                wanted,
                () -> send(child))) {
      if (moment == Moment.TIME) {
        if (!child.process().waitFor(wait, TimeUnit.MILLISECONDS)) {
          send(child);
        }
      }
      Child.Ended ended = child.end();
      int code =
          switch (signal) {
            case "KILL" -> 137;
            case "INT" -> 130;
            default -> 143;
          };
      if (ended.code() != code && ended.code() != 0) {
        return ended.unless(code);
      }
      if (ended.code() == code) {
        kills.incrementAndGet();
      }
      if (!signal.equals("KILL") && ended.said().contains("\tat ")) {
        return Optional.of("expected no trace, found " + ended.said());
      }
      return child.litter();
    } finally {
      Trees.delete(home);
    }
  }

  private void send(Child child) {
    try {
      child.signal(signal);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is wrong with what a kill has left: either no database, or a whole one. */
  private Optional<String> left() {
    if (!Database.isThere(database)) {
      return way.begun() ? Optional.of("the database is gone") : Optional.empty();
    }
    try {
      List<Problem> problems = Database.verify(database, Progress.NONE);
      return problems.isEmpty()
          ? Optional.empty()
          : Optional.of("expected a whole database, found " + problems);
    } catch (UserError e) {
      return Optional.of("expected a whole database, found " + e.getMessage());
    }
  }
}
