package org.compnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.compnn.network.graph.GraphWriter.graph;
import static org.compnn.network.graph.GraphWriter.ints;
import static org.compnn.network.graph.GraphWriter.real;

import java.nio.file.Path;
import java.util.List;
import org.compnn.image.Picture;
import org.compnn.network.graph.GraphWriter;
import org.compnn.network.onnx.AttributeProto;
import org.compnn.network.onnx.FunctionProto;
import org.compnn.network.onnx.ModelProto;
import org.compnn.network.onnx.NodeProto;
import org.compnn.network.onnx.OperatorSetIdProto;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks whose blocks are ONNX functions of the model's own. */
final class LocalFunctionsTest {
  private static final String DOMAIN = "my.blocks";
  private static final String SCORES = "{\"task\": \"image-segmentation\"}";

  @TempDir Path folder;

  @Test
  void layersInsideFunctionsAreNamedAfterTheirCalls() {
    try (Network network = open("a", called(block(17)))) {
      Layer inner = network.layer("one/filter");
      assertThat(inner.name()).isEqualTo("one/c");
      assertThat(inner.vertical().receptiveField()).isEqualTo(3);
      assertThat(network.layer("two/filter").vertical().receptiveField()).isEqualTo(5);
      assertThat(network.layer("penultimate").name()).isEqualTo("second");
      assertThat(network.layers()).extracting(Layer::name).contains("one/c", "first", "two/c");
    }
  }

  @Test
  void aFunctionInAnotherVersionOfItsOperatorsStaysACallAndComputesTheSame() {
    float[] inlined = scores("b", called(block(17)));
    float[] called = scores("c", called(block(16)));
    assertThat(called).isEqualTo(inlined);
  }

  @Test
  void whatACallGivesReplacesADefaultAndWhatItDoesNotGiveIsTheDefault() {
    // A leaky slope of 1 is no activation at all: then first is one/c.
    ModelProto plain = called(block(17), real("slope", 1));
    try (Network network = open("d", plain)) {
      List<FeatureMap> maps =
          network.run(grey(), List.of(network.layer("one/c"), network.layer("first"))).layers();
      assertThat(maps.getFirst().cells()).isEqualTo(maps.getLast().cells());
    }
    try (Network network = open("e", called(block(17)))) {
      List<FeatureMap> maps =
          network.run(grey(), List.of(network.layer("one/c"), network.layer("first"))).layers();
      float before = maps.getFirst().cells()[0];
      float after = maps.getLast().cells()[0];
      assertThat(after).isEqualTo(before < 0 ? before * 0.25f : before);
    }
  }

  @Test
  void functionsThatCallFunctionsAndBranchesThatCallThemAreInlined() {
    FunctionProto inner = block(17);
    FunctionProto outer =
        function("Twice", 17)
            .addInput("x")
            .addInput("w")
            .addInput("b")
            .addOutput("z")
            .addNode(call("in", "Block", List.of("x", "w", "b"), "y"))
            .addNode(call("out", "Block", List.of("y", "w", "b"), "z"))
            .build();
    GraphWriter w = GraphWriter.random(4);
    String first = w.conv("first", w.input("input", 1, 3, 32, 48), 3, 4, 3, 1);
    List<String> weights = w.convInputs(first, 4, 4, 3);
    GraphWriter branch = GraphWriter.random(5);
    branch.add(call("both", "Twice", weights, "inside"));
    branch.output("inside");
    String asked = w.node("Size", "", List.of(first));
    String yes = w.node("Greater", "", List.of(asked, w.scalar(1)));
    String joined =
        w.node(
            "If",
            "",
            List.of(yes),
            graph("then_branch", branch.body()),
            graph("else_branch", branch.body()));
    w.named("scores", "Conv", w.convInputs(joined, 4, 4, 1), w.conv(1, 1, 0));
    w.output("scores");
    ModelProto model =
        w.model().toBuilder().addFunctions(inner).addFunctions(outer).addOpsetImport(own()).build();
    try (Network network = open("f", model)) {
      assertThat(network.layer("both/in/filter").vertical().receptiveField()).isEqualTo(5);
      assertThat(network.layer("both/out/filter").vertical().receptiveField()).isEqualTo(7);
    }
  }

  @Test
  void aFunctionThatCallsItselfIsRefusedInOneLine() {
    FunctionProto endless =
        function("Block", 17)
            .addInput("x")
            .addInput("w")
            .addInput("b")
            .addOutput("y")
            .addNode(call("again", "Block", List.of("x", "w", "b"), "y"))
            .build();
    assertThatThrownBy(() -> open("g", called(endless)).close())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("Block calls itself");
  }

  @Test
  void functionsThatGrowWithoutBoundAreRefusedInOneLine() {
    ModelProto.Builder model = called(block(17)).toBuilder().clearFunctions();
    FunctionProto.Builder last = function("Block", 17).addInput("x").addInput("w").addInput("b");
    model.addFunctions(last.addOutput("y").addNode(call("c", "F0", List.of("x"), "y")));
    for (int i = 0; i < 40; i++) {
      FunctionProto.Builder twice = function("F" + i, 17).addInput("x").addOutput("z");
      twice.addNode(call("a", "F" + (i + 1), List.of("x"), "y"));
      twice.addNode(call("b", "F" + (i + 1), List.of("y"), "z"));
      model.addFunctions(twice);
    }
    NodeProto same = NodeProto.newBuilder().setOpType("Relu").addInput("x").addOutput("z").build();
    model.addFunctions(function("F40", 17).addInput("x").addOutput("z").addNode(same));
    assertThatThrownBy(() -> open("h", model.build()).close())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("expected at most");
  }

  private float[] scores(String name, ModelProto model) {
    try (Network network = open(name, model)) {
      return network.run(grey(), List.of()).output().cells();
    }
  }

  private static Picture grey() {
    Picture picture = Picture.black(32, 48);
    java.util.Arrays.fill(picture.rgb(), (byte) 90);
    return picture;
  }

  private Network open(String name, ModelProto model) {
    Path written = SmallNetworks.write(folder.resolve(name), model, "{}", SCORES);
    return Network.open(written, NetworkOptions.defaults().withThreads(1));
  }

  private static ModelProto called(FunctionProto function, AttributeProto... given) {
    GraphWriter w = GraphWriter.random(3);
    String input = w.input("input", 1, 3, 32, 48);
    w.add(call("one", "Block", w.convInputs(input, 3, 4, 3), "first", given));
    w.add(call("two", "Block", w.convInputs("first", 4, 4, 3), "second", given));
    w.named("scores", "Conv", w.convInputs("second", 4, 5, 1), w.conv(1, 1, 0));
    w.output("scores");
    return w.model().toBuilder().addFunctions(function).addOpsetImport(own()).build();
  }

  private static OperatorSetIdProto own() {
    return OperatorSetIdProto.newBuilder().setDomain(DOMAIN).setVersion(1).build();
  }

  /** A convolution of 3 x 3 and a leaky activation whose slope is 0.25 if the call says nothing. */
  private static FunctionProto block(long opset) {
    NodeProto filter =
        NodeProto.newBuilder()
            .setOpType("Conv")
            .setName("filter")
            .addAllInput(List.of("x", "w", "b"))
            .addOutput("c")
            .addAttribute(ints("pads", 1, 1, 1, 1))
            .build();
    NodeProto leaky =
        NodeProto.newBuilder()
            .setOpType("LeakyRelu")
            .setName("leaky")
            .addInput("c")
            .addOutput("y")
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("alpha")
                    .setType(AttributeProto.AttributeType.FLOAT)
                    .setRefAttrName("slope"))
            .build();
    return function("Block", opset)
        .addInput("x")
        .addInput("w")
        .addInput("b")
        .addOutput("y")
        .addAttributeProto(real("slope", 0.25))
        .addNode(filter)
        .addNode(leaky)
        .build();
  }

  private static FunctionProto.Builder function(String name, long opset) {
    return FunctionProto.newBuilder()
        .setName(name)
        .setDomain(DOMAIN)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(opset))
        .addOpsetImport(own());
  }

  private static NodeProto call(
      String name, String function, List<String> inputs, String output, AttributeProto... given) {
    return NodeProto.newBuilder()
        .setOpType(function)
        .setDomain(DOMAIN)
        .setName(name)
        .addAllInput(inputs)
        .addOutput(output)
        .addAllAttribute(List.of(given))
        .build();
  }
}
