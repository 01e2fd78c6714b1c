package org.compnn.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.compnn.CompNN;
import org.compnn.Index;
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
    return built(folder, front, TRAINING, true);
  }

  /** Fewer, without search lists, so that all is searched exactly. */
  static ServedBuildings unlisted(Path folder) {
    return built(folder, Front.NONE, TRAINING / 3, false);
  }

  private static ServedBuildings built(Path folder, Front front, int pictures, boolean lists) {
    try {
      Path model = ShippedModel.LABELLER.unpack(folder);
      Path database = folder.resolve(NAME);
      Dataset unseen;
      try (Network network = Network.open(model, NetworkOptions.defaults())) {
        DatasetOptions options = DatasetOptions.of(TargetFormat.of(network.output()));
        Dataset training = Dataset.open(written(folder.resolve("training"), pictures, 7), options);
        unseen = Dataset.open(written(folder.resolve("unseen"), UNSEEN, 8), options);
        DatabaseBuilder.build(
            network,
            training,
            IndexSettings.of(List.of("penultimate", "bottleneck")),
            database,
            Progress.NONE);
      }
      if (lists) {
        Index.lists(database, 1, 2, Progress.NONE);
      }
      return new ServedBuildings(CompNN.open(database, Work.progress()), unseen, front);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
