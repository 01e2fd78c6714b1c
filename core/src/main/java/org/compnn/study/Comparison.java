package org.compnn.study;

import java.util.List;
import org.compnn.explain.Explanation;
import org.compnn.measure.Difference;

/**
 * The same picture explained by several databases or selections of one: what changes with the data
 * (the paper's figure 9).
 *
 * @param name the picture's name
 * @param variants one for each, the first is what the others are compared with
 */
public record Comparison(String name, List<Variant> variants) {
  private static final int CITED = 3;

  /**
   * One database or selection.
   *
   * @param name what it is called
   * @param why the explanation by it
   * @param mostUsed ids of the exemplars that give most, those that give most first
   */
  public record Variant(String name, Explanation why, List<String> mostUsed) {
    public Variant {
      mostUsed = List.copyOf(mostUsed);
    }

    /** A variant that outlives its database. */
    public static Variant of(String name, Explanation why) {
      return new Variant(
          name,
          why,
          why.contributions().stream()
              .limit(CITED)
              .map(c -> why.gallery().id(c.exemplar()))
              .toList());
    }
  }

  public Comparison {
    variants = List.copyOf(variants);
    if (variants.isEmpty()) {
      throw new IllegalArgumentException("there is nothing to compare");
    }
  }

  /** How much of the first variant's composition another one changes, see {@link Difference}. */
  public double changed(Variant variant) {
    return Difference.share(variants.getFirst().why().composition(), variant.why().composition());
  }
}
