package org.compnn.dataset;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.compnn.problem.NotEnoughMemory;
import org.compnn.problem.UserError;

/** Reads with a library that may wait without end for what a broken file does not have. */
final class WithinTime {
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private WithinTime() {}

  /**
   * Reads on a thread of its own, which is interrupted and left behind if it takes too long.
   *
   * @param what is read of the file
   * @throws UserError after 20 s
   * @throws NotEnoughMemory if the heap is too small for what the file says
   */
  static <T> T read(Path file, String what, Callable<T> reading) {
    FutureTask<T> task = new FutureTask<>(reading);
    Thread.ofPlatform().daemon().name("reading").start(task);
    try {
      return task.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      task.cancel(true);
      throw new UserError(
          String.format(
              Locale.ROOT,
              "%s: expected to read %s within %d s, found no end; the file is broken, write it"
                  + " anew",
              file,
              what,
              LONGEST.toSeconds()),
          e);
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw new UserError(file + ": reading was interrupted", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case OutOfMemoryError cause ->
            throw new NotEnoughMemory(
                "%s: expected to read %s in the memory that there is, found that it says to need more, as a broken file may"
                    .formatted(file, what),
                cause);
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }
}
