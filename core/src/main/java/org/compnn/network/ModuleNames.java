package org.compnn.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.compnn.network.geometry.Trace;
import org.compnn.network.graph.Graph;
import org.compnn.network.onnx.NodeProto;
import org.compnn.network.onnx.StringStringEntryProto;

/**
 * The modules of a program that tensors come out of, as PyTorch's exporter notes them at each node:
 * a module's name means what its last node makes. A module that runs several times names nothing.
 */
final class ModuleNames {
  private static final String SCOPES = "pkg.torch.onnx.name_scopes";
  private static final Pattern QUOTED = Pattern.compile("'([^']*)'");

  private ModuleNames() {}

  /** The modules that end in each tensor, the outermost first. */
  static Map<String, List<String>> of(Graph graph, Trace trace) {
    Map<String, String> ends = new LinkedHashMap<>();
    Set<String> repeated = new HashSet<>();
    Set<String> open = new HashSet<>();
    for (NodeProto node : graph.nodes()) {
      String made = node.getOutputCount() == 0 ? "" : node.getOutput(0);
      Set<String> modules = modules(node);
      if (modules.isEmpty() || !trace.varies(made)) {
        continue;
      }
      for (String module : modules) {
        if (ends.containsKey(module) && !open.contains(module)) {
          repeated.add(module);
        }
        ends.put(module, made);
      }
      open = modules;
    }
    ends.keySet().removeAll(repeated);
    Map<String, List<String>> names = new HashMap<>();
    ends.forEach(
        (module, tensor) -> names.computeIfAbsent(tensor, _ -> new ArrayList<>()).add(module));
    names.values().forEach(n -> n.sort(java.util.Comparator.comparingInt(String::length)));
    return names;
  }

  /** The modules around a node; the last name of the list is the node's own, the first is empty. */
  private static Set<String> modules(NodeProto node) {
    Set<String> modules = new LinkedHashSet<>();
    for (StringStringEntryProto entry : node.getMetadataPropsList()) {
      if (entry.getKey().equals(SCOPES)) {
        String last = "";
        for (Matcher m = QUOTED.matcher(entry.getValue()); m.find(); ) {
          modules.add(last);
          last = m.group(1);
        }
      }
    }
    return modules;
  }
}
