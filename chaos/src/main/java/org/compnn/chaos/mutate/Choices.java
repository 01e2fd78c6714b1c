package org.compnn.chaos.mutate;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The choices of one mutation, taken from a few bytes: the same bytes choose the same. When they
 * are used up, the first possibility is taken. So a fuzzer that changes the bytes changes the
 * mutation.
 */
public final class Choices {
  private static final long[] EDGES = {
    0,
    -1,
    1,
    2,
    3,
    255,
    256,
    65_535,
    1L << 20,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 32,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "a",
          "\u0000",
          "../../x",
          "/",
          "\ufeff",
          "%s",
          "\"",
          ",",
          "\n",
          "-1",
          "0",
          "1e999",
          "NaN",
          "9223372036854775808",
          "null",
          "\ud83d\ude00",
          "\ud83d",
          "x".repeat(70_000));

  private final byte[] recipe;
  private int at;

  public Choices(byte[] recipe) {
    this.recipe = recipe.clone();
  }

  private int next() {
    return at < recipe.length ? recipe[at++] & 0xff : 0;
  }

  /** A number from 0 to less than a bound of 1 or more. */
  int below(int bound) {
    int value = next();
    for (int wide = (bound - 1) >> 8; wide > 0; wide >>= 8) {
      value = (value << 8) | next();
    }
    return Math.floorMod(value, bound);
  }

  /** Whether something happens that happens once in so many times; not when all is used up. */
  boolean onceIn(int times) {
    return below(times) == times - 1;
  }

  <T> T of(List<T> values) {
    return values.get(below(values.size()));
  }

  /** A number at which programs err, or one near another. */
  long number(long near) {
    int choice = below(EDGES.length + 4);
    return choice < EDGES.length ? EDGES[choice] : near + below(9) - 4;
  }

  /** A text at which programs err, or a change of another. */
  String text(String near) {
    int choice = below(TEXTS.size() + 4);
    if (choice < TEXTS.size()) {
      return TEXTS.get(choice);
    }
    int cut = below(near.length() + 1);
    return switch (choice % 4) {
      case 0 -> near.substring(0, cut);
      case 1 -> near.substring(0, cut) + of(TEXTS) + near.substring(cut);
      case 2 -> near + near;
      default -> Long.toString(number(0));
    };
  }

  /** Other bytes: cut off, changed at a place, or with some more. */
  byte[] bytes(byte[] near) {
    if (near.length == 0) {
      return new byte[] {(byte) next()};
    }
    int place = below(near.length);
    return switch (below(4)) {
      case 0 -> Arrays.copyOf(near, place);
      case 1 -> longer(near, place);
      default -> changed(near, place);
    };
  }

  private byte[] longer(byte[] near, int place) {
    byte[] longer = Arrays.copyOf(near, near.length + 1 + next());
    int rest = near.length - place;
    System.arraycopy(near, place, longer, longer.length - rest, rest);
    return longer;
  }

  private byte[] changed(byte[] near, int place) {
    byte[] changed = near.clone();
    int end = Math.min(changed.length, place + 1 + below(4));
    for (int i = place; i < end; i++) {
      changed[i] = (byte) next();
    }
    return changed;
  }

  /** Changes a list: one entry fewer, twice, or two in the other order. */
  <T> void shuffle(List<T> list) {
    if (list.isEmpty()) {
      return;
    }
    int place = below(list.size());
    switch (below(3)) {
      case 0 -> list.remove(place);
      case 1 -> list.add(below(list.size() + 1), list.get(place));
      default -> Collections.swap(list, place, below(list.size()));
    }
  }
}
