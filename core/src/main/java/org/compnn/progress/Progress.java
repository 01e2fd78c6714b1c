package org.compnn.progress;

/** Listens to a long task. Calls may come from several threads. */
public interface Progress {
  /** Hears nothing. */
  Progress NONE =
      (what, unit, total) ->
          new Task() {
            @Override
            public void advance(long units) {}

            @Override
            public void close() {}
          };

  /**
   * A task begins.
   *
   * @param what the task in a word or two, such as "indexing"
   * @param unit what is counted, in the plural, such as "exemplars"
   * @param total how many units make the whole task
   */
  Task begin(String what, String unit, long total);

  /** One task under way; closing it ends it, whole or not. */
  interface Task extends AutoCloseable {
    void advance(long units);

    @Override
    void close();
  }
}
