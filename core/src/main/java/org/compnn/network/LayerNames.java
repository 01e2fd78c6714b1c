package org.compnn.network;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.compnn.network.graph.Graph;
import org.compnn.network.onnx.NodeProto;

/** The names by which a user may call a layer. */
final class LayerNames {
  private static final Pattern COUNTER = Pattern.compile("(_output_\\d+|:\\d+)$");
  private static final int SUGGESTIONS = 5;

  private LayerNames() {}

  /**
   * Other names for each tensor, each name given to one tensor only.
   *
   * @param tensors the tensors in graph order
   * @param special names that mean one tensor, such as {@code bottleneck}
   * @param modules names of the modules that end in a tensor
   */
  static Map<String, List<String>> of(
      Graph graph,
      List<String> tensors,
      Map<String, String> special,
      Map<String, List<String>> modules) {
    Map<String, List<String>> wanted = new LinkedHashMap<>();
    Map<String, Integer> uses = new HashMap<>();
    Set<String> taken = new HashSet<>(tensors);
    taken.addAll(special.keySet());
    for (String tensor : tensors) {
      List<String> names = new ArrayList<>();
      Optional<String> node =
          graph
              .maker(tensor)
              .filter(n -> n.getOutput(0).equals(tensor))
              .map(NodeProto::getName)
              .filter(n -> !n.isEmpty());
      node.ifPresent(names::add);
      String shortForm = shortForm(node.orElse(tensor));
      if (!names.contains(shortForm) && !shortForm.equals(tensor)) {
        names.add(shortForm);
      }
      modules.getOrDefault(tensor, List.of()).stream()
          .filter(n -> !n.isEmpty() && !n.equals(tensor) && !names.contains(n))
          .forEach(names::add);
      names.forEach(n -> uses.merge(n, 1, Integer::sum));
      wanted.put(tensor, names);
    }
    Map<String, List<String>> given = new LinkedHashMap<>();
    wanted.forEach(
        (tensor, names) -> {
          List<String> own = new ArrayList<>();
          special.forEach(
              (name, of) -> {
                if (of.equals(tensor)) {
                  own.add(name);
                }
              });
          names.stream()
              .filter(n -> uses.getOrDefault(n, 0) == 1 && !taken.contains(n))
              .forEach(own::add);
          given.put(tensor, own);
        });
    return given;
  }

  /**
   * {@code /enc.6/enc.6.1/Conv_output_0} as {@code enc.6.1.Conv}: the path with dots, without the
   * counter and without what the next part says again.
   */
  static String shortForm(String name) {
    String bare = COUNTER.matcher(name).replaceFirst("");
    List<String> parts = new ArrayList<>();
    for (String part : bare.split("/", -1)) {
      if (part.isEmpty()) {
        continue;
      }
      if (!parts.isEmpty() && part.startsWith(parts.getLast() + ".")) {
        parts.removeLast();
      }
      parts.add(part);
    }
    return parts.isEmpty() ? bare : String.join(".", parts);
  }

  /** The names nearest to one that is not among them, best first. */
  static List<String> close(String asked, Iterable<String> names) {
    String wanted = asked.toLowerCase(Locale.ROOT);
    record Near(String name, double distance) {}
    List<Near> near = new ArrayList<>();
    for (String name : names) {
      String low = name.toLowerCase(Locale.ROOT);
      double distance =
          (double) edits(wanted, low) / Math.max(1, Math.max(wanted.length(), low.length()));
      // A part of a name is a common way to ask.
      near.add(new Near(name, low.contains(wanted) ? distance / 4 : distance));
    }
    near.sort(Comparator.comparingDouble(Near::distance));
    return near.stream().limit(SUGGESTIONS).map(Near::name).toList();
  }

  /** Levenshtein's distance. */
  static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
