package org.compnn.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.compnn.problem.NotEnoughMemory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A large picture and a small heap. */
@Tag("stress")
final class SmallHeapPictureIT {
  @TempDir Path folder;

  @Test
  void aPictureThatDoesNotFitIsNotCalledBroken() throws Exception {
    for (String format : List.of("png", "jpg")) {
      File file = folder.resolve("large." + format).toFile();
      ImageIO.write(
          new BufferedImage(
              10_000,
              10_000,
              format.equals("png") ? BufferedImage.TYPE_BYTE_BINARY : BufferedImage.TYPE_BYTE_GRAY),
          format,
          file);
      for (int megabytes : new int[] {40, 150}) {
        Process process =
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx" + megabytes + "m",
                    "-Djava.awt.headless=true",
                    "-cp",
                    System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")),
                    SmallHeapPictureIT.class.getName(),
                    file.toString())
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(3);
        assertThat(said.strip())
            .as("%s, %d MB", format, megabytes)
            .startsWith(file + ": expected ")
            .contains("memory for ")
            .endsWith("MB of memory, give Java more")
            .doesNotContain("\n");
      }
    }
  }

  public static void main(String[] arguments) {
    try {
      PictureFile.read(Path.of(arguments[0]));
    } catch (NotEnoughMemory e) {
      System.out.println(e.getMessage());
      System.exit(3);
    }
  }
}
