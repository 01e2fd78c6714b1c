package org.compnn.search.lists;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.compnn.database.CellStore;
import org.compnn.database.Database;
import org.compnn.database.build.DatabaseBuilder;
import org.compnn.database.build.IndexSettings;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.DatasetOptions;
import org.compnn.dataset.TargetFormat;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.network.FeatureMap;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.network.SmallNetworks;
import org.compnn.progress.Progress;
import org.compnn.threads.Workers;

/** A small database with lists, of discs of random colours over a slope. */
public final class IndexedBlobs implements AutoCloseable {
  public static final int ROWS = SmallNetworks.HEIGHT;
  public static final int COLUMNS = SmallNetworks.WIDTH;
  public static final int EXEMPLARS = 24;

  private final Network network;
  private final Database database;
  private final IntFunction<Picture> pictures;

  private IndexedBlobs(Network network, Database database, IntFunction<Picture> pictures) {
    this.network = network;
    this.database = database;
    this.pictures = pictures;
  }

  /**
   * Indexes the pictures 0 to {@link #EXEMPLARS} - 1.
   *
   * @param hyperpatches sizes that there are lists for
   */
  public static IndexedBlobs in(Path folder, int... hyperpatches) throws IOException {
    return in(folder, IndexedBlobs::picture, hyperpatches);
  }

  /**
   * The same of pictures that are nearly even but for one bright disc: cells with many near twins.
   */
  public static IndexedBlobs grains(Path folder, int... hyperpatches) throws IOException {
    return in(folder, IndexedBlobs::grain, hyperpatches);
  }

  private static IndexedBlobs in(Path folder, IntFunction<Picture> pictures, int... hyperpatches)
      throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    for (int i = 0; i < EXEMPLARS; i++) {
      Files.write(data.resolve(i + ".png"), PictureFile.png(pictures.apply(i)));
    }
    Network network =
        Network.open(
            SmallNetworks.segmentation(folder.resolve("net"), 3),
            NetworkOptions.defaults().withThreads(1));
    Dataset dataset = Dataset.open(data, DatasetOptions.of(TargetFormat.of(network.output())));
    DatabaseBuilder.build(
        network,
        dataset,
        IndexSettings.of(List.of("penultimate")),
        folder.resolve("db"),
        Progress.NONE);
    IndexedBlobs indexed = new IndexedBlobs(network, Database.open(folder.resolve("db")), pictures);
    for (int p : hyperpatches) {
      ListIndexBuilder.build(indexed.database(), indexed.store(), p, Workers.of(2), Progress.NONE);
    }
    return indexed;
  }

  /** Smooth in most places, as photographs are. */
  private static Picture picture(int seed) {
    Random random = new Random(seed);
    byte[] rgb = new byte[ROWS * COLUMNS * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i / (COLUMNS * 3) * 4 + random.nextInt(6));
    }
    for (int disc = 0; disc < 12; disc++) {
      int y = random.nextInt(ROWS);
      int x = random.nextInt(COLUMNS);
      int radius = 2 + random.nextInt(9);
      byte[] colour = new byte[3];
      random.nextBytes(colour);
      for (int cell = 0; cell < ROWS * COLUMNS; cell++) {
        int down = cell / COLUMNS - y;
        int right = cell % COLUMNS - x;
        if (down * down + right * right < radius * radius) {
          System.arraycopy(colour, 0, rgb, cell * 3, 3);
        }
      }
    }
    return new Picture(ROWS, COLUMNS, rgb);
  }

  private static Picture grain(int seed) {
    Random random = new Random(seed);
    byte[] rgb = new byte[ROWS * COLUMNS * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (100 + random.nextInt(3));
    }
    int y = random.nextInt(ROWS);
    int x = random.nextInt(COLUMNS);
    for (int cell = 0; cell < ROWS * COLUMNS; cell++) {
      if (Math.abs(cell / COLUMNS - y) + Math.abs(cell % COLUMNS - x) < 5) {
        for (int c = 0; c < 3; c++) {
          rgb[cell * 3 + c] = (byte) random.nextInt(256);
        }
      }
    }
    return new Picture(ROWS, COLUMNS, rgb);
  }

  public Database database() {
    return database;
  }

  public CellStore store() {
    return database.layers().getFirst();
  }

  /** What the network makes of a picture, which is indexed if its number is small enough. */
  public FeatureMap activations(int picture) {
    return network.run(pictures.apply(picture), List.of(store().layer())).layers().getFirst();
  }

  @Override
  public void close() {
    database.close();
    network.close();
  }
}
