package org.compnn.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.compnn.compose.Contribution;
import org.compnn.compose.Labels;
import org.compnn.explain.Explanation;
import org.compnn.explain.Gallery;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The exemplars that a report names, each once, those that give most first, with as many of their
 * pictures as a page of reasonable size can hold: first inputs with the labels that were pasted,
 * then the other labels.
 */
final class CitedExemplars {
  private static final float QUALITY = 0.8f;

  /** Exemplars embedded side by side before the budget is looked at again. */
  private static final int AT_ONCE = 16;

  /** Places in this list by index of the exemplar. */
  private final Map<Integer, Integer> places = new LinkedHashMap<>();

  private final Gallery gallery;

  CitedExemplars(List<Explanation> explanations) {
    this.gallery = explanations.getFirst().gallery();
    Map<Integer, Double> shares = new HashMap<>();
    for (Explanation explanation : explanations) {
      for (int exemplar : explanation.field().exemplar()) {
        if (exemplar >= 0) {
          shares.putIfAbsent(exemplar, 0.0);
        }
      }
      for (Contribution contribution : explanation.contributions()) {
        shares.merge(contribution.exemplar(), contribution.share(), Double::sum);
      }
    }
    List<Integer> ranked = new ArrayList<>(shares.keySet());
    ranked.sort(
        (a, b) -> {
          int byShare = Double.compare(shares.getOrDefault(b, 0.0), shares.getOrDefault(a, 0.0));
          return byShare != 0 ? byShare : Integer.compare(a, b);
        });
    for (int exemplar : ranked) {
      places.put(exemplar, places.size());
    }
  }

  int size() {
    return places.size();
  }

  /** Where an exemplar stands in the list; the list's size for none. */
  int place(int exemplar) {
    return places.getOrDefault(exemplar, places.size());
  }

  /**
   * The list.
   *
   * @param chosen the labels that were pasted
   * @param budget how many characters the pictures may take together, about
   */
  ArrayNode json(Labels chosen, Palette palette, long budget) {
    List<ObjectNode> nodes = new ArrayList<>(places.size());
    for (int exemplar : places.keySet()) {
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.put("exemplar", exemplar);
      node.put("id", gallery.id(exemplar));
      gallery.tags(exemplar).forEach(node.putArray("tags")::add);
      nodes.add(node);
    }
    long left =
        spend(
            budget,
            nodes,
            (exemplar, node) -> {
              Picture input = gallery.input(exemplar);
              node.put("height", input.height()).put("width", input.width());
              return put(node, "input", input, palette)
                  + put(node, key(chosen), labels(exemplar, chosen), palette);
            });
    Labels unchosen = chosen == Labels.SELF ? Labels.ORIGINAL : Labels.SELF;
    spend(
        left,
        nodes,
        (exemplar, node) -> put(node, key(unchosen), labels(exemplar, unchosen), palette));
    return JsonNodeFactory.instance.arrayNode().addAll(nodes);
  }

  /** Puts pictures of an exemplar into its node; returns the characters that they take. */
  private interface Embedding {
    int apply(int exemplar, ObjectNode node);
  }

  /** Embeds for one exemplar after the other until nothing is left; returns what is left. */
  private static long spend(long budget, List<ObjectNode> nodes, Embedding embedding) {
    long left = budget;
    for (int from = 0; from < nodes.size() && left > 0; from += AT_ONCE) {
      List<ObjectNode> some = nodes.subList(from, Math.min(nodes.size(), from + AT_ONCE));
      left -=
          some.parallelStream()
              .mapToLong(node -> embedding.apply(node.get("exemplar").asInt(), node))
              .sum();
    }
    return left;
  }

  private Raster labels(int exemplar, Labels labels) {
    return switch (labels) {
      case ORIGINAL -> gallery.target(exemplar);
      case SELF -> gallery.prediction(exemplar);
    };
  }

  private static String key(Labels labels) {
    return switch (labels) {
      case ORIGINAL -> "original";
      case SELF -> "self";
    };
  }

  private static int put(ObjectNode node, String key, Raster raster, Palette palette) {
    String address = Address.small(raster, palette, QUALITY);
    node.put(key, address);
    return address.length();
  }
}
