package org.compnn.chaos.mutate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.DatasetOptions;
import org.compnn.dataset.Pair;
import org.compnn.dataset.TargetFormat;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.image.ValueFile;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.npy.Npy;
import org.compnn.problem.UserError;

/** A kind of file that people give to the program. */
public enum Format {
  /** A network's graph. */
  ONNX {
    @Override
    void write(Path folder, Choices choices) throws IOException {
      Bases.Network base = Bases.network(choices);
      var model = new ProtobufMutation(choices).of(base.model());
      for (int i = choices.below(3); i > 0; i--) {
        model = new ProtobufMutation(choices).of(model);
      }
      byte[] bytes = model.toByteArray();
      Files.write(folder.resolve("model.onnx"), choices.onceIn(24) ? choices.bytes(bytes) : bytes);
      Files.writeString(folder.resolve("config.json"), base.configuration());
      Files.writeString(folder.resolve("preprocessor_config.json"), base.preprocessor());
    }

    @Override
    void read(Path folder) {
      run(folder);
    }
  },
  /** The files beside a network. */
  CONFIGURATION {
    @Override
    void write(Path folder, Choices choices) throws IOException {
      Bases.Network base = Bases.network(choices);
      Files.write(folder.resolve("model.onnx"), base.model().toByteArray());
      boolean first = choices.onceIn(2);
      Files.write(
          folder.resolve("config.json"),
          first
              ? JsonMutation.of(base.configuration(), choices)
              : base.configuration().getBytes(StandardCharsets.UTF_8));
      Files.write(
          folder.resolve("preprocessor_config.json"),
          first
              ? base.preprocessor().getBytes(StandardCharsets.UTF_8)
              : JsonMutation.of(base.preprocessor(), choices));
    }

    @Override
    void read(Path folder) {
      run(folder);
    }
  },
  /** An array. */
  NPY {
    @Override
    void write(Path folder, Choices choices) throws IOException {
      String type = choices.of(List.of("<f4", "<i4", "|u1", "<f8", "<f2", ">f4"));
      String shape = choices.of(List.of("(2, 3)", "(6,)", "(2, 1, 3)", "()"));
      byte[] text =
          TextMutation.of(
              "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(type, shape),
              choices);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
      int length = choices.onceIn(12) ? (int) choices.number(text.length) : text.length;
      out.write(length);
      out.write(length >> 8);
      out.writeBytes(text);
      out.writeBytes(new byte[choices.onceIn(3) ? choices.below(60) : 24]);
      byte[] all = out.toByteArray();
      Files.write(folder.resolve("array.npy"), choices.onceIn(6) ? choices.bytes(all) : all);
    }

    @Override
    void read(Path folder) {
      Path file = folder.resolve("array.npy");
      refusing(() -> Npy.floats(file));
      refusing(() -> Npy.ints(file));
      refusing(() -> ValueFile.read(file));
      refusing(() -> PictureFile.readIndices(file));
    }
  },
  /** A picture without loss. */
  PNG {
    @Override
    void write(Path folder, Choices choices) throws IOException {
      Files.write(folder.resolve("a.png"), PictureMutation.png(Bases.png(choices), choices));
    }

    @Override
    void read(Path folder) {
      picture(folder.resolve("a.png"));
    }
  },
  /** A photo. */
  JPEG {
    @Override
    void write(Path folder, Choices choices) throws IOException {
      Files.write(folder.resolve("a.jpg"), PictureMutation.jpeg(Bases.jpeg(choices), choices));
    }

    @Override
    void read(Path folder) {
      picture(folder.resolve("a.jpg"));
    }
  },
  /** A data set as a table. */
  CSV {
    @Override
    void write(Path folder, Choices choices) throws IOException {
      pictures(folder);
      Files.write(folder.resolve("pairs.csv"), TextMutation.of(Bases.CSV, choices));
    }

    @Override
    void read(Path folder) {
      dataset(folder.resolve("pairs.csv"));
    }
  },
  /** A data set as a list. */
  LIST {
    @Override
    void write(Path folder, Choices choices) throws IOException {
      pictures(folder);
      Files.write(folder.resolve("pairs.txt"), TextMutation.of(Bases.LIST, choices));
    }

    @Override
    void read(Path folder) {
      dataset(folder.resolve("pairs.txt"));
    }
  },
  /** COCO's annotations. */
  COCO {
    @Override
    void write(Path folder, Choices choices) throws IOException {
      put(folder.resolve("val2017/a.png"), Bases.photo());
      put(
          folder.resolve("annotations/instances_val2017.json"),
          JsonMutation.of(Bases.COCO, choices));
    }

    @Override
    void read(Path folder) {
      dataset(folder);
    }
  },
  /** YOLO's description and its polygons. */
  YOLO {
    @Override
    void write(Path folder, Choices choices) throws IOException {
      boolean description = choices.onceIn(2);
      put(
          folder.resolve("data.yaml"),
          description
              ? TextMutation.of(Bases.YAML, choices)
              : Bases.YAML.getBytes(StandardCharsets.UTF_8));
      put(folder.resolve("images/train/1.png"), Bases.photo());
      put(folder.resolve("images/val/2.png"), Bases.photo());
      put(
          folder.resolve("labels/train/1.txt"),
          description
              ? Bases.POLYGONS.getBytes(StandardCharsets.UTF_8)
              : TextMutation.of(Bases.POLYGONS, choices));
    }

    @Override
    void read(Path folder) {
      dataset(folder);
    }
  },
  /** Hugging Face's tables. */
  PARQUET {
    @Override
    void write(Path folder, Choices choices) throws IOException {
      put(folder.resolve("data/train-00000-of-00001.parquet"), Bases.parquet(choices));
    }

    @Override
    void read(Path folder) {
      dataset(folder);
    }
  };

  /** Pixels that a network of the corpus may ask for before it is not run. */
  private static final long MOST_PIXELS = 1 << 20;

  private static final Duration NETWORK = Duration.ofSeconds(5);

  /** Writes mutated files into an empty folder. */
  abstract void write(Path folder, Choices choices) throws IOException;

  /**
   * Reads them as the program does.
   *
   * @throws UserError if the program refuses them
   */
  abstract void read(Path folder);

  /** As the table has it. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static void run(Path folder) {
    try (Network network =
        Network.open(folder, NetworkOptions.defaults().withThreads(1).withTimeout(NETWORK))) {
      if ((long) network.inputHeight() * network.inputWidth() <= MOST_PIXELS) {
        network.run(
            Picture.black(network.inputHeight(), network.inputWidth()),
            network.layers().stream().limit(2).toList());
      }
    }
  }

  private static void picture(Path file) {
    refusing(() -> PictureFile.size(file));
    refusing(() -> PictureFile.read(file));
    refusing(() -> PictureFile.readStored(file));
    refusing(() -> PictureFile.readIndices(file));
  }

  private static void dataset(Path path) {
    for (TargetFormat format :
        List.of(
            new TargetFormat.AsStored(),
            new TargetFormat.Labels(
                Palette.of(List.of("a", "b", "c", "d")), java.util.OptionalInt.empty()))) {
      refusing(
          () -> {
            Dataset dataset =
                Dataset.open(
                    path, DatasetOptions.of(format).withSkipBroken(format.hashCode() % 2 == 0));
            for (Pair pair : dataset.pairs()) {
              refusing(pair::read);
            }
          });
    }
  }

  /** The program may say no to each of several readings. */
  private static void refusing(Runnable reading) {
    try {
      reading.run();
    } catch (UserError e) {
      Mutation.requireOneLine(e);
    }
  }

  private static void pictures(Path folder) throws IOException {
    for (String name : List.of("a.png", "b.png")) {
      put(folder.resolve(name), Bases.photo());
      put(folder.resolve("l" + name), Bases.labels());
    }
  }

  private static void put(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }
}
