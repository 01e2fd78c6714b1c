package org.compnn.generate;

import java.util.ArrayList;
import java.util.List;
import org.compnn.generate.Shape.Box;
import org.compnn.problem.UserError;

/**
 * Makes facades out of seeds: the same seed, index and size give the same bytes on every machine,
 * and the same building at every size.
 */
public final class Facades {
  /** Smallest and largest side of a picture, in pixels. */
  public static final int SMALLEST = 32;

  public static final int LARGEST = 1024;

  private Facades() {}

  /**
   * The facade of a seed and an index.
   *
   * @param seed names the street
   * @param index names the house, 0 or more; its style is one of the four, evenly by chance
   * @param size side of the square picture in pixels, 32..1024
   */
  public static Facade generate(long seed, int index, int size) {
    return generate(seed, index, size, style(seed, index), false);
  }

  /** The facade of a seed and an index with the rare awning over its ground floor. */
  static Facade withAwning(long seed, int index, int size) {
    return generate(seed, index, size, style(seed, index), true);
  }

  /** The facade of a seed and an index in a style of choice. */
  public static Facade generate(long seed, int index, int size, FacadeStyle style) {
    return generate(seed, index, size, style, false);
  }

  /** The style that a seed and an index have by chance. */
  public static FacadeStyle style(long seed, int index) {
    FacadeStyle[] styles = FacadeStyle.values();
    // Every four neighbours have all four styles, so that small sets are balanced too.
    int turn = new Dice(seed ^ 0x5eedL, index / styles.length).whole(0, 23);
    List<FacadeStyle> left = new ArrayList<>(List.of(styles));
    FacadeStyle picked = left.getFirst();
    for (int i = 0; i <= index % styles.length; i++) {
      picked = left.remove(turn % left.size());
      turn /= Math.max(1, left.size() + 1);
    }
    return picked;
  }

  private static Facade generate(
      long seed, int index, int size, FacadeStyle style, boolean awning) {
    if (size < SMALLEST || size > LARGEST) {
      throw new UserError(
          "a facade's size is %d to %d pixels, not %d; choose another --size"
              .formatted(SMALLEST, LARGEST, size));
    }
    Dice dice = new Dice(seed, index);
    Canvas canvas = new Canvas(size);
    Scene scene = new Scene(canvas, dice);
    scene.sky();
    scene.neighbours();
    Box front = Grammar.of(style).build(scene);
    scene.street();
    List<String> tags = new ArrayList<>(List.of(style.tag()));
    if (awning) {
      double middle = front.middle();
      new Openings(scene)
          .rareAwning(new Box(middle - 18, front.top() + 2, middle + 18, front.top() + 9.5));
      tags.add("rare=awning");
    }
    scene.light();
    return new Facade(canvas.labels(), canvas.photo(dice.texture()), style, tags);
  }
}
