package org.compnn.bench.field;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Watches this process's memory that belongs to no file (RssAnon of Linux): heap, stacks, compiled
 * code, native buffers; mapped databases do not count.
 */
final class Memory implements AutoCloseable {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int MILLISECONDS = 10;

  private final AtomicLong most = new AtomicLong(now());
  private final Thread watch =
      Thread.ofPlatform()
          .daemon()
          .start(
              () -> {
                while (!Thread.currentThread().isInterrupted()) {
                  most.accumulateAndGet(now(), Math::max);
                  try {
                    Thread.sleep(MILLISECONDS);
                  } catch (InterruptedException e) {
                    return;
                  }
                }
              });

  /** The most since this began; negative where the system does not say. */
  long most() {
    return most.accumulateAndGet(now(), Math::max);
  }

  private static long now() {
    try (var lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith("RssAnon:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(-1);
    } catch (IOException e) {
      return -1;
    }
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
