package org.compnn.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.compnn.network.graph.Graph;
import org.compnn.network.onnx.NodeProto;

/** The names by which a user may call a layer. */
final class LayerNames {
  private static final Pattern COUNTER = Pattern.compile("(_output_\\d+|:\\d+)$");

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
}
