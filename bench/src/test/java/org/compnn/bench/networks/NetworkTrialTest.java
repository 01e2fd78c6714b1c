package org.compnn.bench.networks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.compnn.network.NetworkOptions;
import org.compnn.network.SmallNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NetworkTrialTest {
  @TempDir private Path folder;

  private NetworkRow row(Path network) throws IOException {
    return new NetworkTrial(
            "small",
            "a small one",
            NetworkOptions.defaults(),
            Files.createTempDirectory(folder, "t"))
        .of(network);
  }

  @Test
  void aNetworkThatWorksHasLayersMatchesItselfAndAnswersAsOnnxRuntimeDoes() throws IOException {
    NetworkRow row = row(SmallNetworks.segmentation(folder.resolve("net"), 3));
    assertThat(row.works()).isTrue();
    assertThat(row.layers()).isPositive();
    assertThat(row.matches()).hasSize(2).allMatch(NetworkRow.SelfMatch::zero);
    assertThat(row.output()).hasValueSatisfying(d -> assertThat(d.relative()).isLessThan(1e-5));
    assertThat(row.composed()).isGreaterThan(0.99);
    assertThat(NetworksTable.line(row)).startsWith("| a small one (`small`) | ").contains("| 0 |");
  }

  @Test
  void aFileThatIsNoNetworkGivesTheLineThatRefusedIt() throws IOException {
    Path network = Files.createDirectory(folder.resolve("none"));
    Files.writeString(network.resolve("model.onnx"), "no network");
    NetworkRow row = row(network);
    assertThat(row.works()).isFalse();
    assertThat(row.refused()).hasValueSatisfying(line -> assertThat(line).contains("model.onnx"));
  }
}
