package org.compnn.server;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.compnn.progress.Progress;
import org.jspecify.annotations.Nullable;

/** One calculation under way or waiting, and how far it has come. */
final class Work<T> extends FutureTask<T> {
  private static final ThreadLocal<@Nullable Work<?>> CURRENT = new ThreadLocal<>();

  private volatile State state = new State("waiting", 0, 0);

  /**
   * How far it is.
   *
   * @param stage what is being done
   * @param done units done
   * @param total units in all; 0 where that is not known
   */
  record State(String stage, long done, long total) {}

  Work(Callable<T> callable) {
    super(callable);
  }

  State standing() {
    return state;
  }

  @Override
  public void run() {
    CURRENT.set(this);
    state = new State("starting", 0, 0);
    try {
      super.run();
    } finally {
      CURRENT.remove();
    }
  }

  /** Progress of whatever work the calling thread does. */
  static Progress progress() {
    return (what, _, total) -> {
      Work<?> work = CURRENT.get();
      return work == null ? Progress.NONE.begin(what, "", total) : work.new Stage(what, total);
    };
  }

  private final class Stage implements Progress.Task {
    private final String what;
    private final long total;
    private long done;

    Stage(String what, long total) {
      this.what = what;
      this.total = total;
      state = new State(what, 0, total);
    }

    @Override
    public synchronized void advance(long units) {
      done += units;
      state = new State(what, done, total);
    }

    @Override
    public void close() {}
  }
}
