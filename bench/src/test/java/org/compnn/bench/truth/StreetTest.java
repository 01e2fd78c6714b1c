package org.compnn.bench.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StreetTest {
  @TempDir private Path folder;

  private void put(String part, String name, int label) throws IOException {
    Path images = Files.createDirectories(folder.resolve(part).resolve("images"));
    Path labels = Files.createDirectories(folder.resolve(part).resolve("labels"));
    byte[] rgb = new byte[4 * 8 * 3];
    byte[] classes = new byte[4 * 8];
    // Left and right of the square in the middle is something else.
    Arrays.fill(classes, (byte) 11);
    for (int i = 0; i < classes.length; i++) {
      if (i % 8 >= 2 && i % 8 < 6) {
        classes[i] = (byte) label;
        Arrays.fill(rgb, i * 3, i * 3 + 3, (byte) 200);
      }
    }
    Files.write(images.resolve(name + ".png"), PictureFile.png(new Picture(4, 8, rgb)));
    Files.write(labels.resolve(name + ".png"), PictureFile.grey(new LabelMap(4, 8, classes)));
  }

  @Test
  void streetsOfCamVidAreTheMiddleOfSomePicturesAndKnowTheirDrive() throws IOException {
    put("train", "0001TP_1", 3);
    put("train", "0006R0_1", 11);
    put("train", "0016E5_1", 8);
    put("val", "0016E5_2", 0);
    Street street = Street.camvid(folder, 1, 2, 5, 5);
    assertThat(street.training()).extracting(Example::group).containsExactly(0, 1, 2);
    assertThat(street.training().get(2).labels().classes()).containsOnly((byte) 8);
    // Void is no class.
    assertThat(street.training().get(1).labels().classes())
        .containsOnly((byte) LabelMap.UNLABELLED);
    assertThat(street.training().getFirst().photo().rgb()).hasSize(12).containsOnly((byte) 200);
    assertThat(street.queries()).extracting(Example::id).containsExactly("q0016E5_2");
    assertThat(Street.camvid(folder, 1, 2, 2, 1).training()).hasSize(2);
  }
}
