package org.compnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.compnn.npy.NumPy;
import org.compnn.problem.UserError;
import org.compnn.train.Parameters.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointTest {
  @TempDir private Path folder;

  private static Checkpoint example() {
    return new Checkpoint(
        "{\"recipe\":\"é\"}",
        Map.of(
            "g/a.weight", new Tensor(new long[] {2, 3}, new float[] {1, 2, 3, 4, 5, 6.5f}),
            "steps", new Tensor(new long[] {1}, new float[] {7})));
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    Path file = folder.resolve("checkpoint.npz");
    example().write(file);
    example().write(file);
    Checkpoint read = Checkpoint.read(file);
    assertThat(read.note()).isEqualTo("{\"recipe\":\"é\"}");
    assertThat(read.tensors()).containsOnlyKeys("g/a.weight", "steps");
    Tensor weight = Objects.requireNonNull(read.tensors().get("g/a.weight"));
    assertThat(weight.shape()).containsExactly(2, 3);
    assertThat(weight.values()).containsExactly(1, 2, 3, 4, 5, 6.5f);
    assertThat(folder.resolve("checkpoint.npz.part")).doesNotExist();
  }

  @Test
  void numPyOpensIt() throws IOException, InterruptedException {
    Path file = folder.resolve("checkpoint.npz");
    example().write(file);
    String program =
        "import numpy,sys; z=numpy.load(sys.argv[1]); a=z['g/a.weight']; print(a.dtype, a.shape,"
            + " a.sum())";
    assertThat(NumPy.run(program, file)).isEqualTo("float32 (2, 3) 21.5");
  }

  @Test
  void anotherFileIsNamedInTheMessage() throws IOException {
    Path file = Files.writeString(folder.resolve("checkpoint.npz"), "not a zip");
    assertThatThrownBy(() -> Checkpoint.read(file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("checkpoint.npz: expected a checkpoint");
  }
}
