package org.compnn.train;

import static org.assertj.core.api.Assertions.assertThat;

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
        Main.run(
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
        Main.run(
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
}
