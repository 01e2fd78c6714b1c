package org.compnn.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.compnn.demo.ShippedModel;

/**
 * A network, training pictures and pictures that are in no database, made in a folder that goes
 * away again: so few that a database takes a second, and so many that its layer gets search lists.
 */
final class Material implements AutoCloseable {
  /** Enough for search lists, since their layer has many cells; and one to add. */
  private static final int TRAINING = 3;

  private static final int ADDED = 1;

  /** 128 x 128 cells of 24 channels, and 8 x 8. */
  static final String LAYERS = "/encoder1.1/Relu,bottleneck";

  private final Path folder;
  private final Path model;
  private int homes;

  private Material(Path folder, Path model) {
    this.folder = folder;
    this.model = model;
  }

  static Material make() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("compnn-chaos");
    Material made = new Material(folder, ShippedModel.LABELLER.unpack(folder));
    made.done(
        "generate",
        "--count",
        TRAINING + ADDED,
        "--seed",
        7,
        "--size",
        ShippedModel.SIZE,
        "--direction",
        "photos",
        "--out",
        made.more());
    made.done(
        "generate",
        "--count",
        2,
        "--seed",
        8,
        "--size",
        ShippedModel.SIZE,
        "--direction",
        "photos",
        "--out",
        made.corrected());
    Trees.copy(made.more(), made.data());
    for (Path file : Trees.files(made.data())) {
      String number = file.getFileName().toString().replaceAll("\\D", "");
      if (!number.isEmpty() && Integer.parseInt(number) >= TRAINING) {
        Files.delete(file);
      }
    }
    Path same = Trees.files(made.corrected().resolve("images")).getLast();
    Files.copy(
        made.data().resolve("images").resolve(same.getFileName()),
        same,
        StandardCopyOption.REPLACE_EXISTING);
    return made;
  }

  Path folder() {
    return folder;
  }

  Path model() {
    return model;
  }

  /** The training pictures. */
  Path data() {
    return folder.resolve("data");
  }

  /** Those and some more. */
  Path more() {
    return folder.resolve("more");
  }

  /** Other pictures and labels by the names of two training pictures; one picture is the same. */
  Path corrected() {
    return folder.resolve("corrected");
  }

  /** A picture that is in {@link #more} alone. */
  Path picture() throws IOException {
    try (Stream<Path> files = Files.list(more().resolve("images"))) {
      return files.sorted().toList().getLast();
    }
  }

  /** A folder for one process. */
  Path home() {
    return folder.resolve("run-" + homes++);
  }

  /** Runs a command that must not fail. */
  void done(Object... words) throws IOException, InterruptedException {
    Path home = home();
    Child.Ended ended = Child.run(home, words);
    if (ended.code() != 0) {
      throw new IllegalStateException(Arrays.toString(words) + ": " + ended.said());
    }
    Trees.delete(home);
  }

  /** The words of {@code compnn index}. */
  List<Object> index(Path data, Path out, String... flags) {
    List<Object> words =
        new ArrayList<>(
            List.of("index", model, data, "--layers", LAYERS, "--threads", 2, "--out", out));
    words.addAll(List.of(flags));
    return words;
  }

  @Override
  public void close() throws IOException {
    Trees.delete(folder);
  }
}
