package org.compnn.search.field;

/** When a search should have ended. What it does next is begun only if it is expected to fit. */
final class Deadline {
  /** There is none: everything fits. */
  static final Deadline NONE = new Deadline(Long.MAX_VALUE, false);

  private final long end;
  private final boolean set;

  private Deadline(long end, boolean set) {
    this.end = end;
    this.set = set;
  }

  static Deadline in(double seconds) {
    return new Deadline(System.nanoTime() + (long) Math.min(seconds * 1e9, 1e18), true);
  }

  /** Whether there is one. */
  boolean isSet() {
    return set;
  }

  /** Whether so much time is left. */
  boolean allows(double nanoseconds) {
    return !set || end - System.nanoTime() >= nanoseconds;
  }
}
