package org.compnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.image.ValueFile;
import org.compnn.image.ValueMap;
import org.compnn.network.InputPart;
import org.compnn.network.Output;
import org.compnn.network.Range;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SampleFilesTest {
  private static final List<InputPart> THREE_BY_FIVE =
      List.of(new InputPart("bands", InputPart.Kind.VALUES, 2));

  @TempDir Path folder;

  private Path file(String name, int height, int width, int channels, float first)
      throws IOException {
    float[] values = new float[height * width * channels];
    for (int i = 0; i < values.length; i++) {
      values[i] = first + i;
    }
    return Files.write(
        folder.resolve(name), ValueFile.npy(new ValueMap(height, width, channels, values)));
  }

  private static float[] read(List<Path> files) {
    return SampleFiles.read(files, THREE_BY_FIVE, Map.of()).values().orElseThrow().values();
  }

  @Test
  void channelsMayLieFirstOrLast() throws IOException {
    assertThat(read(List.of(file("last.npy", 3, 5, 2, 0)))).startsWith(0, 1, 2, 3);
    assertThat(read(List.of(file("first.npy", 2, 3, 5, 0)))).startsWith(0, 15, 1, 16);
  }

  @Test
  void bandsInFilesOfTheirOwnFollowEachOther() throws IOException {
    Path a = file("x_0000.npy", 3, 5, 1, 0);
    Path b = file("x_0001.npy", 3, 5, 1, 100);
    assertThat(read(List.of(a))).startsWith(0, 100, 1, 101);
    assertThat(read(List.of(b, a))).startsWith(100, 0, 101, 1);
    Path list = Files.writeString(folder.resolve("l.csv"), "input\nx_0001.npy | x_0000.npy\n");
    DatasetOptions options =
        DatasetOptions.of(TargetFormat.of(new Output.Image(new Range(0, 1))))
            .withInputs(THREE_BY_FIVE);
    Pair pair = Dataset.open(list, options).pairs().getFirst();
    assertThat(pair.read().sample().values().orElseThrow().values()).startsWith(100, 0, 101, 1);
    assertThat(pair.input().width()).isEqualTo(5);
  }

  @Test
  void theFolderOfAFurtherInputHoldsNoPicturesOfItsOwn() throws IOException {
    for (String name : List.of("images", "input-mask")) {
      Files.createDirectories(folder.resolve(name));
      for (int i = 0; i < 3; i++) {
        Files.write(folder.resolve(name).resolve(i + ".png"), PictureFile.png(Picture.black(4, 5)));
      }
    }
    List<InputPart> parts =
        List.of(
            new InputPart("image", InputPart.Kind.PICTURE, 3),
            new InputPart("mask", InputPart.Kind.MASK, 1));
    DatasetOptions options =
        DatasetOptions.of(TargetFormat.of(new Output.Image(new Range(0, 1)))).withInputs(parts);
    assertThat(Dataset.open(folder, options).pairs())
        .extracting(Pair::id)
        .containsExactly("images/0", "images/1", "images/2");
  }

  @Test
  void otherChannelsAndSizesAreRefusedByName() throws IOException {
    Path three = file("three.npy", 4, 5, 3, 0);
    assertThatThrownBy(() -> read(List.of(three)))
        .isInstanceOf(UserError.class)
        .hasMessageEndingWith(
            "three.npy: expected 2 channels for the network's input bands, found 3 (4x5)");
    Path a = file("a.npy", 3, 5, 1, 0);
    Path b = file("b.npy", 3, 4, 1, 0);
    assertThatThrownBy(() -> read(List.of(a, b)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("expected bands of one size, found 3x5 and 3x4");
    assertThatThrownBy(() -> SampleFiles.read(List.of(a), THREE_BY_FIVE, Map.of("mask", b)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("found none called 'mask' among [bands]");
  }
}
