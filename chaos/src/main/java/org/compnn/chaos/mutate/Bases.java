package org.compnn.chaos.mutate;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.network.SmallNetworks;
import org.compnn.network.onnx.ModelProto;

/** Sound files of every kind, small, which mutations begin with. */
final class Bases {
  static final String COCO =
      """
      {"images": [{"id": 5, "file_name": "a.png", "width": 4, "height": 3}],
       "categories": [{"id": 90, "name": "Dog"}, {"id": 7, "name": "cat"}],
       "annotations": [
        {"id": 1, "image_id": 5, "category_id": 90, "iscrowd": 0,
         "segmentation": [[1, 0, 3, 0, 3, 2, 1, 2]]},
        {"id": 2, "image_id": 5, "category_id": 7, "iscrowd": 1,
         "segmentation": {"counts": [2, 3, 7], "size": [3, 4]}},
        {"id": 3, "image_id": 5, "category_id": 7, "iscrowd": 1,
         "segmentation": {"counts": "04H0", "size": [3, 4]}}]}
      """;

  static final String YAML =
      """
      path: .
      train: images/train
      val: images/val
      names:
        0: person
        1: "traffic light"
      """;

  static final String POLYGONS = "1 0.5 0 1 0 1 1 0.5 1\n0 0.75 0 1 0 1 0.5 0.75 0.5\n";
  static final String CSV =
      "input,target,tags,id\na.png,la.png,time=night;wet,first\n\"b.png\",lb.png,,\"second\"\n";
  static final String LIST = "a.png la.png\nb.png lb.png\n";

  private static final List<Network> NETWORKS = networks();
  private static final byte[] JPEG = jpeg();
  private static final byte[] PARQUET = parquet();

  /** A network and the two files beside it. */
  record Network(ModelProto model, String configuration, String preprocessor) {}

  private Bases() {}

  static Network network(Choices choices) {
    return choices.of(NETWORKS);
  }

  private static List<Network> networks() {
    try {
      Path folder = Files.createTempDirectory("compnn-chaos-networks");
      List<Network> all = new ArrayList<>();
      for (Path made :
          List.of(
              SmallNetworks.segmentation(folder.resolve("a"), 1),
              SmallNetworks.image(folder.resolve("b"), 2),
              SmallNetworks.channelsLast(folder.resolve("c"), 3))) {
        all.add(
            new Network(
                ModelProto.parseFrom(Files.readAllBytes(made.resolve("model.onnx"))),
                Files.readString(made.resolve("config.json")),
                Files.readString(made.resolve("preprocessor_config.json"))));
        for (String name : List.of("model.onnx", "config.json", "preprocessor_config.json")) {
          Files.delete(made.resolve(name));
        }
        Files.delete(made);
      }
      Files.delete(folder);
      return List.copyOf(all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A picture, a picture of labels by their palette, or one with an alpha channel. */
  static byte[] png(Choices choices) {
    return switch (choices.below(3)) {
      case 0 -> PictureFile.png(Picture.black(3, 4));
      case 1 -> labels();
      default -> image("png", BufferedImage.TYPE_4BYTE_ABGR);
    };
  }

  static byte[] photo() {
    return PictureFile.png(Picture.black(3, 4));
  }

  static byte[] labels() {
    return PictureFile.png(
        new LabelMap(3, 4, new byte[] {0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3}),
        Palette.of(List.of("a", "b", "c", "d")));
  }

  static byte[] jpeg(Choices choices) {
    return choices.onceIn(3) ? image("jpg", BufferedImage.TYPE_BYTE_GRAY) : JPEG.clone();
  }

  private static byte[] jpeg() {
    BufferedImage image = new BufferedImage(24, 17, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < image.getHeight(); row++) {
      for (int column = 0; column < image.getWidth(); column++) {
        image.setRGB(column, row, row * 0x0a1203 ^ column * 0x04050b);
      }
    }
    return written("jpg", image);
  }

  private static byte[] image(String kind, int type) {
    return written(kind, new BufferedImage(5, 3, type));
  }

  private static byte[] written(String kind, BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, kind, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] parquet(Choices choices) {
    byte[] bytes = PARQUET.clone();
    // What a Parquet file says of itself stands at its end.
    for (int i = choices.below(4); i >= 0; i--) {
      int from = choices.onceIn(3) ? 0 : Math.max(0, bytes.length - 1500);
      bytes[from + choices.below(bytes.length - from)] = (byte) choices.number(0);
    }
    return choices.onceIn(6) ? choices.bytes(bytes) : bytes;
  }

  private static byte[] parquet() {
    try (InputStream in = Bases.class.getResourceAsStream("/org/compnn/dataset/train.parquet")) {
      if (in == null) {
        throw new IllegalStateException("expected train.parquet among the tests of core");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
