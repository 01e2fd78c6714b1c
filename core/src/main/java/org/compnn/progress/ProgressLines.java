package org.compnn.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Progress as plain lines, for where nobody watches a terminal: one at most in each period, with
 * what is done, the rate and the time that is left. A task that ends within its first period prints
 * nothing.
 */
public final class ProgressLines implements Progress {
  /** Seconds between two lines, for programs that show them to somebody who waits. */
  private static final String PROPERTY = "compnn.progress.seconds";

  private final PrintStream to;
  private final Duration period;

  /** Lines once a minute, or as often as the property {@code compnn.progress.seconds} says. */
  public ProgressLines(PrintStream to) {
    this(to, Duration.ofSeconds(Math.max(1, Integer.getInteger(PROPERTY, 60))));
  }

  /**
   * @param period how often a line is printed, longer than 0
   */
  public ProgressLines(PrintStream to, Duration period) {
    this.to = to;
    this.period = period;
  }

  @Override
  public Task begin(String what, String unit, long total) {
    return new Lines(what, unit, total);
  }

  private final class Lines implements Task {
    private final String what;
    private final String unit;
    private final long total;
    private final long begun = System.nanoTime();
    private final CountDownLatch closed = new CountDownLatch(1);
    private long first = -1;
    private long done;

    Lines(String what, String unit, long total) {
      this.what = what;
      this.unit = unit;
      this.total = total;
      Thread.ofVirtual().name("progress").start(this::speak);
    }

    private void speak() {
      try {
        while (!closed.await(period.toMillis(), TimeUnit.MILLISECONDS)) {
          to.println(line());
          to.flush();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private synchronized String line() {
      double seconds = (System.nanoTime() - begun) / 1e9;
      // What an earlier run had done says nothing of this one's pace.
      double rate = (done - Math.max(0, first)) / seconds;
      String line =
          String.format(
              Locale.ROOT,
              "%s: %,d of %,d %s, %.1f/%s",
              what,
              done,
              total,
              unit,
              rate < 1 ? 60 * rate : rate,
              rate < 1 ? "min" : "s");
      return rate > 0 && done < total
          ? line + ", about " + words((total - done) / rate) + " left"
          : line;
    }

    private static String words(double seconds) {
      long minutes = Math.round(seconds / 60);
      if (minutes < 2) {
        return Math.round(seconds) + " s";
      }
      return minutes < 120
          ? minutes + " min"
          : String.format(Locale.ROOT, "%.1f h", minutes / 60.0);
    }

    @Override
    public synchronized void advance(long units) {
      if (first < 0) {
        first = System.nanoTime() - begun < TimeUnit.MILLISECONDS.toNanos(100) ? units : 0;
      }
      done += units;
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }
}
