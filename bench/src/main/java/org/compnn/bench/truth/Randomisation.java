package org.compnn.bench.truth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.compnn.bench.truth.Outcome.Question;
import org.compnn.network.onnx.ModelProto;
import org.compnn.network.onnx.NodeProto;
import org.compnn.network.onnx.TensorProto;
import org.compnn.search.Field;

/**
 * Sanity by randomisation (Adebayo and others 2018): an explanation that is much the same for a
 * network without anything learned explains the picture, not the network. All weights are drawn
 * anew at once, and layer by layer from the output down.
 */
final class Randomisation implements Measure {
  private final boolean cascading;

  /**
   * @param cascading whether to go layer by layer, else all weights at once
   */
  Randomisation(boolean cascading) {
    this.cascading = cascading;
  }

  @Override
  public String name() {
    return cascading ? "cascade" : "randomisation";
  }

  @Override
  public boolean suits(Kind kind) {
    return true;
  }

  @Override
  public List<Row> of(Setup setup) throws IOException {
    List<Example> training = setup.street().training();
    Path random =
        setup
            .trainer()
            .untrained(setup.kind(), setup.name("untrained"), training, setup.seed() + 1);
    if (!cascading) {
      return against(setup, random, "all weights drawn anew", true);
    }
    Path trained = setup.whole();
    List<String> layers = layers(read(trained));
    List<Row> rows = new ArrayList<>();
    for (int count = 1; count < layers.size(); count++) {
      Path mixed = trained.resolveSibling(setup.name("random-from-" + layers.get(count - 1)));
      if (!Files.exists(mixed.resolve("done"))) {
        mix(trained, random, mixed, Set.copyOf(layers.subList(0, count)));
      }
      rows.addAll(against(setup, mixed, "down to " + layers.get(count - 1), false));
    }
    return rows;
  }

  private List<Row> against(Setup setup, Path model, String how, boolean all) throws IOException {
    List<Example> training = setup.street().training();
    List<Row> rows = new ArrayList<>();
    try (Subject other =
        Subject.of(
            setup.kind(),
            model,
            setup.trainer().csv(setup.kind(), setup.name("all"), training),
            training)) {
      Map<String, Asked> asked = new HashMap<>();
      setup.asked().forEach(a -> asked.put(a.example().id(), other.ask(a.example())));
      Map<String, Attributor> named = new HashMap<>();
      if (all) {
        Rivals.of(other).forEach(rival -> named.put(rival.name(), rival));
      }
      for (Attributor method : setup.methods()) {
        if (!all && !method.equals(Matches.DEFAULT)) {
          continue;
        }
        Attributor there = named.getOrDefault(method.name(), method);
        List<Double> spearman = new ArrayList<>();
        for (Question question : setup.questions()) {
          Asked a = asked.get(question.example().id());
          if (a != null) {
            spearman.add(
                Ranks.spearman(
                    setup.attributed(method, question), there.of(a, question.region().mask())));
          }
        }
        rows.add(setup.row(name(), "Spearman, " + how, method, spearman));
        if (method instanceof Matches m && m.topK() == 1) {
          List<Double> same = new ArrayList<>();
          for (Asked before : setup.asked()) {
            Asked after = asked.get(before.example().id());
            if (after != null) {
              same.add(equal(before.field(m.way()), after.field(m.way())));
            }
          }
          rows.add(setup.row(name(), "equal matches, " + how, method, same));
        }
      }
    }
    return rows;
  }

  /** The share of cells whose best match is the same cell of the same picture. */
  static double equal(Field a, Field b) {
    int same = 0;
    int cells = a.rows() * a.columns();
    for (int cell = 0; cell < cells; cell++) {
      int i = cell * a.topK();
      int j = cell * b.topK();
      same +=
          a.exemplar()[i] == b.exemplar()[j]
                  && a.row()[i] == b.row()[j]
                  && a.column()[i] == b.column()[j]
              ? 1
              : 0;
    }
    return (double) same / cells;
  }

  /** Layers with weights, from the output down. */
  static List<String> layers(ModelProto model) {
    Set<String> layers = new LinkedHashSet<>();
    List<NodeProto> nodes = model.getGraph().getNodeList();
    Set<String> weights = new LinkedHashSet<>();
    model.getGraph().getInitializerList().forEach(w -> weights.add(w.getName()));
    for (NodeProto node : nodes.reversed()) {
      node.getInputList().stream().filter(weights::contains).forEach(w -> layers.add(layer(w)));
    }
    return List.copyOf(layers);
  }

  private static String layer(String weight) {
    return weight.replaceFirst("(\\.norm)?\\.[a-z]+$", "");
  }

  private static void mix(Path trained, Path random, Path out, Set<String> layers)
      throws IOException {
    Map<String, TensorProto> drawn = new HashMap<>();
    read(random).getGraph().getInitializerList().forEach(w -> drawn.put(w.getName(), w));
    ModelProto.Builder mixed = read(trained).toBuilder();
    for (int i = 0; i < mixed.getGraph().getInitializerCount(); i++) {
      TensorProto weight = mixed.getGraph().getInitializer(i);
      TensorProto other = drawn.get(weight.getName());
      if (other != null && layers.contains(layer(weight.getName()))) {
        mixed.getGraphBuilder().setInitializer(i, other);
      }
    }
    Files.createDirectories(out);
    Files.write(out.resolve("model.onnx"), mixed.build().toByteArray());
    for (String file : List.of("config.json", "preprocessor_config.json")) {
      Files.write(out.resolve(file), Files.readAllBytes(trained.resolve(file)));
    }
    Files.writeString(out.resolve("done"), "");
  }

  private static ModelProto read(Path model) throws IOException {
    return ModelProto.parseFrom(Files.readAllBytes(model.resolve("model.onnx")));
  }
}
