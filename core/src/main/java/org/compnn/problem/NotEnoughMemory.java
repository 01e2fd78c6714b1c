package org.compnn.problem;

import java.util.Locale;

/**
 * The Java heap is too small for something. The message is one line, as that of a {@link
 * UserError}. It is none, since whoever leaves out what is broken must not leave out what is only
 * large.
 */
public final class NotEnoughMemory extends OutOfMemoryError {
  private static final long serialVersionUID = 1L;

  /**
   * @param what what it is too small for
   * @param cause where that was found out
   */
  public NotEnoughMemory(String what, Throwable cause) {
    super(
        String.format(
            Locale.ROOT,
            "%s; found %d MB of memory, give Java more",
            what,
            Runtime.getRuntime().maxMemory() / 1_000_000));
    initCause(cause);
  }

  /** Whether an exception was made of one that the heap being full has caused. */
  public static boolean isBehind(Throwable e) {
    for (Throwable each = e; each != null; each = each.getCause()) {
      if (each instanceof OutOfMemoryError) {
        return true;
      }
    }
    return false;
  }
}
