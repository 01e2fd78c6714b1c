package org.compnn.viewer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.compnn.explain.Explanation;
import org.compnn.image.PictureSize;
import org.compnn.image.Raster;

/**
 * An explanation with everything that a page needs to show it without a server.
 *
 * @param explanation what a server would answer
 * @param input the input's size
 * @param field {@link FieldBytes} in Base64
 * @param pictures addresses that hold the pictures, by the names that a server knows them by
 */
public record EmbeddedView(
    ExplanationView explanation, PictureSize input, String field, Map<String, String> pictures) {
  /** All pictures that there may be. */
  public static final List<String> PICTURES =
      List.of("input", "network", "output", "reconstruction", "truth", "other");

  public EmbeddedView {
    pictures = Collections.unmodifiableMap(new LinkedHashMap<>(pictures));
  }

  /**
   * Embeds an explanation.
   *
   * @param names of the pictures that are wanted, as far as they are there
   * @param address a picture, by its name, as an address that holds it
   */
  public static EmbeddedView of(
      Explanation explanation, List<String> names, BiFunction<String, Raster, String> address) {
    Map<String, String> pictures = new LinkedHashMap<>();
    for (String name : names) {
      picture(explanation, name).ifPresent(found -> pictures.put(name, address.apply(name, found)));
    }
    return new EmbeddedView(
        ExplanationView.of(explanation),
        new PictureSize(explanation.input().height(), explanation.input().width()),
        FieldBytes.text(explanation.field(), explanation.settings().exemplars()),
        pictures);
  }

  /** A picture of an explanation by its name, if the explanation has it. */
  public static Optional<Raster> picture(Explanation explanation, String name) {
    return switch (name) {
      case "input" -> Optional.of(explanation.input());
      case "network" -> Optional.of(explanation.network());
      case "output" -> Optional.of(explanation.composition());
      case "reconstruction" -> Optional.of(explanation.reconstruction());
      case "truth" -> explanation.truth();
      case "other" -> explanation.other();
      default -> Optional.empty();
    };
  }
}
