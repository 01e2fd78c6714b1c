package org.compnn.dataset;

import java.util.Arrays;
import org.compnn.problem.UserError;

/**
 * COCO's text of run lengths: six bits a letter, from the sign '0' on; five of them number, the
 * sixth says that more follow; from the fourth run on the difference to the run before the last.
 */
final class RunText {
  private static final int FIRST = '0';
  private static final int MORE = 0x20;
  private static final int SIGN = 0x10;

  private RunText() {}

  static int[] parse(String text) {
    int[] runs = new int[text.length()];
    int found = 0;
    int at = 0;
    while (at < text.length()) {
      long value = 0;
      int shift = 0;
      boolean more = true;
      while (more) {
        int letter = at < text.length() ? text.charAt(at) - FIRST : -1;
        if (letter < 0 || letter > 63 || shift > 30) {
          throw new UserError(
              "'%s': expected run lengths as COCO writes them, found something else at letter %d"
                  .formatted(text.length() > 20 ? text.substring(0, 20) + "…" : text, at + 1));
        }
        value |= (long) (letter & 0x1f) << shift;
        shift += 5;
        more = (letter & MORE) != 0;
        if (!more && (letter & SIGN) != 0) {
          value |= -1L << shift;
        }
        at++;
      }
      if (found > 2) {
        value += runs[found - 2];
      }
      runs[found++] = Math.clamp(value, -1, Integer.MAX_VALUE);
    }
    return Arrays.copyOf(runs, found);
  }
}
