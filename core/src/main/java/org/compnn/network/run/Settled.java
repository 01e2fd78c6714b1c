package org.compnn.network.run;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.compnn.network.graph.Branches;
import org.compnn.network.graph.OnnxFile;
import org.compnn.network.graph.Port;
import org.compnn.network.graph.Tensors;

/** What is settled in a graph as soon as its input's shape is. */
public final class Settled {
  /** Branches within branches are looked into this deep. */
  private static final int DEEPEST = 16;

  private Settled() {}

  /**
   * The same file with the branches put in that are taken for an input of this shape. Those that
   * depend on the picture stay.
   */
  public static OnnxFile branches(OnnxFile file, Port input, Running running) {
    OnnxFile settled = file;
    for (int depth = 0; depth < DEEPEST; depth++) {
      Map<String, Boolean> known = known(settled, input, running);
      if (known.isEmpty()) {
        return settled;
      }
      settled = settled.with(Branches.taken(settled.graph(), known));
    }
    return settled;
  }

  private static Map<String, Boolean> known(OnnxFile file, Port input, Running running) {
    Set<String> conditions = Branches.conditions(file.graph());
    conditions.removeAll(file.graph().varying(input.tensor()));
    Map<String, Boolean> known = new HashMap<>();
    if (conditions.isEmpty()) {
      return known;
    }
    Tensors tensors = Probe.ask(file, input, conditions, conditions, running);
    for (String condition : conditions) {
      Optional<double[]> value = tensors.numbers(condition).filter(n -> n.length == 1);
      value.ifPresent(v -> known.put(condition, v[0] != 0));
    }
    return known;
  }
}
