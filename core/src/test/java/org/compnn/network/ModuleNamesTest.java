package org.compnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.compnn.network.graph.GraphWriter.ints;

import java.nio.file.Path;
import java.util.List;
import org.compnn.network.graph.GraphWriter;
import org.compnn.network.onnx.NodeProto;
import org.compnn.network.onnx.StringStringEntryProto;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that PyTorch's newer exporter notes beside the nodes. */
final class ModuleNamesTest {
  @TempDir Path folder;

  @Test
  void aModuleIsWhatItsLastNodeMakesAndOneThatRunsTwiceNamesNothing() {
    GraphWriter w = GraphWriter.random(1);
    String input = w.input("input", 1, 3, 32, 48);
    w.add(node("Conv", w.convInputs(input, 3, 4, 3), "a", "'', 'enc', 'enc.0', 'conv2d'"));
    w.add(node("Relu", List.of("a"), "b", "'', 'enc', 'enc.1', 'relu'"));
    w.add(node("Conv", w.convInputs("b", 4, 4, 3), "c", "'', 'mid', 'conv2d_1'"));
    w.add(node("Relu", List.of("c"), "d", "'', 'enc.1', 'relu_1'"));
    w.named("scores", "Conv", w.convInputs("d", 4, 5, 1), w.conv(1, 1, 0));
    w.output("scores");
    String config = "{\"task\": \"image-segmentation\"}";
    Path model = SmallNetworks.write(folder, w.model(), "{}", config);
    try (Network network = Network.open(model, NetworkOptions.defaults().withThreads(1))) {
      assertThat(network.layer("enc").name()).isEqualTo("b");
      assertThat(network.layer("enc.0").name()).isEqualTo("a");
      assertThat(network.layer("mid").name()).isEqualTo("c");
      assertThatThrownBy(() -> network.layer("enc.1")).isInstanceOf(UserError.class);
    }
  }

  private static NodeProto node(String op, List<String> inputs, String output, String scopes) {
    NodeProto.Builder node =
        NodeProto.newBuilder().setOpType(op).setName("n_" + output).addAllInput(inputs);
    if (op.equals("Conv")) {
      node.addAttribute(ints("pads", 1, 1, 1, 1));
    }
    return node.addOutput(output)
        .addMetadataProps(
            StringStringEntryProto.newBuilder()
                .setKey("pkg.torch.onnx.name_scopes")
                .setValue("[" + scopes + "]"))
        .build();
  }
}
