package org.compnn.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.compnn.CompNN;
import org.compnn.Index;
import org.compnn.browser.ScratchFolder;
import org.compnn.database.build.DatabaseBuilder;
import org.compnn.database.build.IndexSettings;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.DatasetOptions;
import org.compnn.dataset.TargetFormat;
import org.compnn.demo.ShippedModel;
import org.compnn.generate.Direction;
import org.compnn.generate.FacadeFolder;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.progress.Progress;

/**
 * A server with a real database: generated buildings, labelled by the network that comes with the
 * program.
 */
final class ServedBuildings implements AutoCloseable {
  static final int TRAINING = 12;
  static final int UNSEEN = 4;
  static final String NAME = "buildings.db";

  /** A quarter as fine as the picture, so that searches take little. */
  static final String LAYER = "/decoder3.1/BatchNormalization_output_0";

  private static final Map<Boolean, Path> MADE = new HashMap<>();

  private final CompNN compnn;
  private final Dataset unseen;
  private final Front front;
  private PageServer server;
  private final List<String> faults = new CopyOnWriteArrayList<>();

  private ServedBuildings(CompNN compnn, Dataset unseen, Front front) {
    this.compnn = compnn;
    this.unseen = unseen;
    this.front = front;
    this.server = start();
  }

  private PageServer start() {
    return PageServer.start(
        "127.0.0.1",
        0,
        front,
        false,
        List.of(new ServedDatabase(NAME, compnn, Optional.of(unseen))),
        faults::add);
  }

  /** Ends the server and starts another one, at another port. */
  void restart() {
    server.close();
    server = start();
  }

  /** Builds and serves them; everything lies in a folder. */
  static ServedBuildings in(Path folder) {
    return in(folder, Front.NONE);
  }

  /** The same behind something. */
  static ServedBuildings in(Path folder, Front front) {
    return built(folder, front, true);
  }

  /** Fewer, of so many cells that their search wants lists, which are not there. */
  static ServedBuildings unlisted(Path folder) {
    return built(folder, Front.NONE, false);
  }

  private static ServedBuildings built(Path folder, Front front, boolean lists) {
    try {
      copy(made(lists), folder);
      try (Network network = labeller(folder)) {
        Dataset unseen = Dataset.open(folder.resolve("unseen"), options(network));
        return new ServedBuildings(
            CompNN.open(folder.resolve(NAME), Work.progress()), unseen, front);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The pictures and their database, made once for all tests of a JVM. */
  private static synchronized Path made(boolean lists) throws IOException {
    Path made = MADE.get(lists);
    if (made == null) {
      made = ScratchFolder.untilTheEnd("compnn-served");
      make(made, lists);
      if (lists) {
        Index.lists(made.resolve(NAME), 1, 2, Progress.NONE);
      }
      MADE.put(lists, made);
    }
    return made;
  }

  private static void make(Path folder, boolean lists) throws IOException {
    try (Network network = labeller(folder)) {
      DatasetOptions options = options(network);
      Dataset training =
          Dataset.open(
              written(folder.resolve("training"), lists ? TRAINING : TRAINING / 3, 7), options);
      written(folder.resolve("unseen"), lists ? UNSEEN : UNSEEN / 2, 8);
      DatabaseBuilder.build(
          network,
          training,
          IndexSettings.of(lists ? List.of(LAYER, "bottleneck") : List.of("penultimate")),
          folder.resolve(NAME),
          Progress.NONE);
    }
  }

  private static Network labeller(Path folder) throws IOException {
    return Network.open(ShippedModel.LABELLER.unpack(folder), NetworkOptions.defaults());
  }

  private static DatasetOptions options(Network network) {
    return DatasetOptions.of(TargetFormat.of(network.output()));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path there = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(there);
        } else {
          Files.copy(file, there, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  private static Path written(Path folder, int count, long seed) throws IOException {
    FacadeFolder.write(
        folder,
        new FacadeFolder.Settings(count, ShippedModel.SIZE, seed, Direction.PHOTOS, false),
        Progress.NONE);
    return folder;
  }

  CompNN compnn() {
    return compnn;
  }

  /** A picture of the data set that is none of the training set. */
  Picture unseen(int number) {
    return unseen.pairs().get(number).read().input();
  }

  /** The same as a file. */
  byte[] unseenFile(int number) {
    return PictureFile.png(unseen(number), Palette.of(List.of()));
  }

  Path unseenFile(int number, Path folder) throws IOException {
    return Files.write(folder.resolve("own" + number + ".png"), unseenFile(number));
  }

  int port() {
    return server.port();
  }

  String address() {
    return server.address();
  }

  /** Faults of the program so far; never any. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  @Override
  public void close() {
    server.close();
    compnn.close();
  }
}
