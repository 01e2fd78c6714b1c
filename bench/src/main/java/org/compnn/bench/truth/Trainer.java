package org.compnn.bench.truth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.compnn.image.PictureFile;

/**
 * Trains networks by {@code compnn train}, each once: what is trained is kept in a folder and used
 * again.
 *
 * @param workshop where it runs
 * @param folder of the networks and of the pictures that they learn from
 * @param effort how large they are and how long they learn
 */
record Trainer(Workshop workshop, Path folder, Effort effort) {
  /**
   * How much work goes into a network.
   *
   * @param size rows and columns of the pictures
   * @param batch of SegNet
   * @param epochs of SegNet
   * @param rate of SegNet
   * @param paintEpochs of Pix2Pix
   */
  record Effort(int size, int batch, int epochs, double rate, int paintEpochs) {
    static final Effort QUICK = new Effort(64, 2, 8, 0.004, 8);
    static final Effort FULL = new Effort(64, 4, 10, 0.01, 20);
    static final Effort STREETS = new Effort(96, 4, 20, 0.01, 20);
  }

  /**
   * The folder of a trained network.
   *
   * @param name unique for what it learns from, how and with which seed
   */
  Path train(Kind kind, String name, List<Example> examples, long seed) throws IOException {
    return train(kind, name, examples, seed, true);
  }

  /** A network of the same shape whose weights are those that training would begin with. */
  Path untrained(Kind kind, String name, List<Example> examples, long seed) throws IOException {
    return train(kind, name, examples, seed, false);
  }

  private Path train(Kind kind, String name, List<Example> examples, long seed, boolean learns)
      throws IOException {
    Path model = folder.resolve("networks").resolve(name);
    Path done = model.resolve("done");
    if (Files.exists(done)) {
      return model;
    }
    Files.createDirectories(model);
    List<String> command = new ArrayList<>();
    command.addAll(List.of("train", kind.network(), csv(kind, name, examples).toString()));
    command.addAll(List.of("--validation", csv(kind, name + "-held", examples.subList(0, 1)) + ""));
    command.addAll(List.of("--out", model.toString(), "--seed", Long.toString(seed)));
    command.addAll(List.of("--size", Integer.toString(effort.size()), "--threads", "1"));
    command.addAll(List.of("--jitter", "0", "--no-mirror", "--sheet-every", "1000"));
    command.addAll(List.of("--epochs", epochs(kind, learns), "--rate", rate(kind, learns)));
    command.addAll(
        kind.labels()
            ? List.of(
                "--classes",
                String.join(",", kind.classes()),
                "--width",
                "16",
                "--kernel",
                "3",
                "--depth",
                "3",
                "--batch",
                Integer.toString(effort.batch()),
                "--most-weight",
                "3")
            : List.of(
                "--filters",
                "16",
                "--depth",
                "5",
                "--patch-filters",
                "16",
                "--patch-layers",
                "2",
                "--batch",
                "4"));
    workshop.train(model.resolve("log.txt"), command);
    Files.deleteIfExists(model.resolve("checkpoint.npz"));
    Files.writeString(done, "compnn " + String.join(" ", command) + "\n");
    return model;
  }

  private String epochs(Kind kind, boolean learns) {
    int epochs = kind.labels() ? effort.epochs() : effort.paintEpochs();
    return Integer.toString(learns ? epochs : 1);
  }

  private String rate(Kind kind, boolean learns) {
    return !learns ? "0" : kind.labels() ? Double.toString(effort.rate()) : "0.0005";
  }

  /** A list of pairs, with the pictures in it where they are not there yet. */
  Path csv(Kind kind, String name, List<Example> examples) throws IOException {
    Path lists = Files.createDirectories(folder.resolve("lists"));
    Path pictures = Files.createDirectories(folder.resolve("pictures"));
    StringBuilder csv = new StringBuilder("input,target,id\n");
    for (Example example : examples) {
      byte[] input = PictureFile.png(kind.input(example));
      byte[] target =
          kind.labels() ? PictureFile.grey(example.labels()) : PictureFile.png(example.photo());
      csv.append(put(pictures, example.id(), input))
          .append(',')
          .append(put(pictures, example.id(), target))
          .append(',')
          .append(example.id())
          .append('\n');
    }
    Path list = lists.resolve(name + ".csv");
    Files.write(list, csv.toString().getBytes(StandardCharsets.UTF_8));
    return list;
  }

  /** Named by what is in it, so that changed pictures are other files. */
  private static Path put(Path folder, String id, byte[] png) throws IOException {
    Path file =
        folder.resolve(id + "-" + Integer.toHexString(java.util.Arrays.hashCode(png)) + ".png");
    if (!Files.exists(file)) {
      Files.write(file, png);
    }
    return file;
  }
}
