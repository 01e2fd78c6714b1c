package org.compnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import org.compnn.generate.Direction;
import org.compnn.generate.FacadeFolder;
import org.compnn.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainCommandTest {
  @TempDir private Path folder;

  private Path facades(Direction direction) throws IOException {
    Path data = folder.resolve(direction.toString());
    FacadeFolder.write(data, new FacadeFolder.Settings(12, 32, 1, direction, false), Progress.NONE);
    return data;
  }

  @Test
  void aSizeThatTheNetworkCannotHalveIsTheUsersMistake() throws IOException {
    int code =
        TrainProgram.run(
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
  void severalCommandsAreAnsweredOneByOneAndEachHasALog() throws IOException {
    Path log = folder.resolve("log.txt");
    String line = log + "\ttrain\tsegnet\t" + folder.resolve("none") + "\t--out\tx\t--size\t4\n";
    StringWriter answers = new StringWriter();
    Several.run(
        new BufferedReader(new StringReader(line + line)),
        new PrintWriter(answers, true),
        TrainProgram::run);
    assertThat(answers.toString().lines()).containsExactly("2", "2");
    assertThat(log).content().startsWith("compnn: ");
  }

  @Test
  void withoutPyTorchItSaysWhatToDo() throws IOException {
    assumeFalse(Pytorch.present(), "PyTorch is here");
    int code =
        TrainProgram.run(
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
