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

  /** The exit code of a training on pictures of some size. */
  private int segNetOf(String size) throws IOException {
    Path data = folder.resolve("data");
    FacadeFolder.write(
        data, new FacadeFolder.Settings(12, 32, 1, Direction.PHOTOS, false), Progress.NONE);
    return TrainProgram.run(
        "train",
        "segnet",
        data.toString(),
        "--size",
        size,
        "--out",
        folder.resolve("out").toString());
  }

  @Test
  void aSizeThatTheNetworkCannotHalveIsTheUsersMistake() throws IOException {
    assertThat(segNetOf("36x40")).isEqualTo(2);
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
    assertThat(segNetOf("32")).isEqualTo(2);
  }
}
