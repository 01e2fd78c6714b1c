package org.compnn.cli;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.compnn.progress.Progress;
import org.compnn.progress.ProgressLines;

/**
 * Progress on a terminal: a bar with a rate and the remaining time, on standard error, for tasks
 * that last over two seconds. Where the output is no terminal, a plain line a minute.
 */
final class TerminalProgress implements Progress {
  private static final long QUIET_NANOS = Duration.ofSeconds(2).toNanos();

  private static final AtomicInteger SHOWN = new AtomicInteger();

  private TerminalProgress() {}

  /** Leaves the line of a bar that is shown, for a line of another kind. */
  static void endLine() {
    if (SHOWN.get() > 0) {
      System.err.println();
    }
  }

  /** A bar if standard error and output are a terminal, else lines. */
  @SuppressWarnings(
      "SystemConsoleNull") // Its nullness is still declared, and NullAway believes it.
  static Progress onTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal()
        ? new TerminalProgress()
        : new ProgressLines(System.err);
  }

  @Override
  public Task begin(String what, String unit, long total) {
    return new Bar(what, unit, total);
  }

  private static final class Bar implements Task {
    private final String what;
    private final String unit;
    private final long total;
    private final long begun = System.nanoTime();
    private long done;
    private @org.jspecify.annotations.Nullable ProgressBar bar;

    Bar(String what, String unit, long total) {
      this.what = what;
      this.unit = unit;
      this.total = total;
    }

    @Override
    public synchronized void advance(long units) {
      done += units;
      ProgressBar shown = bar;
      if (shown == null && done < total && System.nanoTime() - begun > QUIET_NANOS) {
        shown = open();
        bar = shown;
      }
      if (shown != null) {
        shown.stepTo(done);
      }
    }

    private ProgressBar open() {
      PrintStream err = System.err;
      SHOWN.incrementAndGet();
      return new ProgressBarBuilder()
          .setTaskName(what)
          .setInitialMax(total)
          .startsFrom(done, Duration.ofNanos(System.nanoTime() - begun))
          .setUnit(" " + unit, 1)
          .setSpeedUnit(java.time.temporal.ChronoUnit.SECONDS)
          .showSpeed(
              new java.text.DecimalFormat(
                  "0.0", java.text.DecimalFormatSymbols.getInstance(Locale.ROOT)))
          .setStyle(ProgressBarStyle.ASCII)
          .setUpdateIntervalMillis(200)
          .setConsumer(new ConsoleProgressBarConsumer(err))
          .build();
    }

    @Override
    public synchronized void close() {
      if (bar != null) {
        bar.close();
        SHOWN.decrementAndGet();
      }
    }
  }
}
