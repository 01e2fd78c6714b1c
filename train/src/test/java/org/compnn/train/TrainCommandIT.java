package org.compnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.compnn.generate.Direction;
import org.compnn.generate.FacadeFolder;
import org.compnn.progress.Progress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a person runs it, on a few generated facades. */
@Tag("end-to-end")
final class TrainCommandIT {
  @TempDir private Path folder;

  private Path facades(Direction direction) throws IOException {
    Path data = folder.resolve(direction.toString());
    FacadeFolder.write(data, new FacadeFolder.Settings(12, 32, 1, direction, false), Progress.NONE);
    return data;
  }

  @Test
  void segNetIsTrainedFromTheCommandLine() throws IOException {
    OnPytorch.start();
    Path data = facades(Direction.PHOTOS);
    Path out = folder.resolve("out");
    int code =
        TrainProgram.run(
            "train",
            "segnet",
            data.toString(),
            "--out",
            out.toString(),
            "--size",
            "32",
            "--width",
            "4",
            "--kernel",
            "3",
            "--depth",
            "2",
            "--epochs",
            "1");
    assertThat(code).isZero();
    assertThat(out.resolve("model.onnx")).exists();
    assertThat(out.resolve("curves.svg")).exists();
    assertThat(Files.readString(out.resolve("config.json"))).contains("\"5\" : \"sill\"");
  }

  @Test
  void pix2PixIsTrainedFromTheCommandLine() throws IOException {
    OnPytorch.start();
    Path data = facades(Direction.LABELS);
    Path out = folder.resolve("out");
    int code =
        TrainProgram.run(
            "train",
            "pix2pix",
            data.toString(),
            "--out",
            out.toString(),
            "--size",
            "32x32",
            "--filters",
            "4",
            "--depth",
            "3",
            "--patch-filters",
            "4",
            "--patch-layers",
            "1",
            "--epochs",
            "1",
            "--validation",
            data.toString());
    assertThat(code).isZero();
    assertThat(Files.readString(out.resolve("preprocessor_config.json")))
        .contains("\"resample\" : 0", "0.5");
  }

  @Test
  void aTrainingThatIsAskedToEndLeavesItsNetwork() throws Exception {
    OnPytorch.start();
    Path out = folder.resolve("out");
    Process training =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                TrainProgram.class.getName(),
                "train",
                "segnet",
                facades(Direction.PHOTOS).toString(),
                "--out",
                out.toString(),
                "--size",
                "32",
                "--width",
                "16",
                "--depth",
                "2",
                "--epochs",
                "100000",
                "--threads",
                "1")
            .redirectErrorStream(true)
            .start();
    try (BufferedReader said = training.inputReader()) {
      String line = said.readLine();
      while (line != null && !line.startsWith("epoch 2/")) {
        line = said.readLine();
      }
      assertThat(line).isNotNull();
      Files.delete(out.resolve("model.onnx"));
      training.toHandle().destroy();
      assertThat(said.lines().toList())
          .anySatisfy(
              end ->
                  assertThat(end)
                      .startsWith("stopped in epoch ")
                      .contains("the same command goes on from the end of epoch "));
    }
    assertThat(training.waitFor()).isNotZero();
    assertThat(Files.size(out.resolve("model.onnx"))).isGreaterThan(1000);
  }
}
