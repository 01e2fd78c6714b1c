package org.compnn.bench.field;

import org.compnn.problem.UserError;
import org.jspecify.annotations.Nullable;

/**
 * How much of a training set is used: {@code times} / {@code of} of it.
 *
 * @param times 1 unless the set is grown
 * @param of 1 unless the set is cut
 */
record Share(int times, int of) {
  /** From 1, 4 or 1/8. */
  static Share parse(String text) {
    String[] parts = text.split("/", 2);
    try {
      Share share =
          parts.length == 1
              ? new Share(Integer.parseInt(parts[0]), 1)
              : new Share(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
      if (share.times() >= 1 && share.of() >= 1 && (share.times() == 1 || share.of() == 1)) {
        return share;
      }
    } catch (NumberFormatException e) {
      throw unfit(text, e);
    }
    throw unfit(text, null);
  }

  private static UserError unfit(String text, @Nullable Throwable cause) {
    String message = "expected a share such as 1/8, 1 or 4, found '" + text + "'";
    return cause == null ? new UserError(message) : new UserError(message, cause);
  }

  /** A name for files. */
  String fileName() {
    return of > 1 ? times + "of" + of : "x" + times;
  }
}
