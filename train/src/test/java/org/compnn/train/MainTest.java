package org.compnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Path;
import org.compnn.generate.Direction;
import org.compnn.generate.FacadeFolder;
import org.compnn.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MainTest {
  @TempDir private Path folder;

  private Path facades(Direction direction) throws IOException {
    Path data = folder.resolve(direction.toString());
    FacadeFolder.write(data, new FacadeFolder.Settings(12, 32, 1, direction, false), Progress.NONE);
    return data;
  }

  @Test
  void aSizeThatTheNetworkCannotHalveIsTheUsersMistake() throws IOException {
    int code =
        Main.run(
            "train",
            "segnet",
            facades(Direction.PHOTOS).toString(),
            "--size",
            "36x40",
            "--out",
            folder.resolve("out").toString());
    assertThat(code).isEqualTo(2);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void withoutPyTorchItSaysWhatToDo() throws IOException {
    assumeFalse(Pytorch.present(), "PyTorch is here");
    int code =
        Main.run(
            "train",
            "segnet",
            facades(Direction.PHOTOS).toString(),
            "--size",
            "32",
            "--out",
            folder.resolve("out").toString());
    assertThat(code).isEqualTo(2);
  }
}
