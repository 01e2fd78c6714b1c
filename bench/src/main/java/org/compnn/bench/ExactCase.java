package org.compnn.bench;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.compnn.database.CellStore;
import org.compnn.database.Database;
import org.compnn.database.Selection;
import org.compnn.image.PictureFile;
import org.compnn.network.FeatureMap;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.problem.UserError;
import org.jspecify.annotations.Nullable;

/**
 * What one run of the exact search's benchmark measures.
 *
 * @param label one word
 * @param name for the table: which cells
 * @param store the training cells
 * @param query the query's cells, standardised
 * @param selection the exemplars searched
 * @param peerCells how many of the query's cells the peers search for; their rate does not depend
 *     on it
 */
record ExactCase(
    String label,
    String name,
    CellStore store,
    FeatureMap query,
    Selection selection,
    int peerCells) {
  static ExactCase synthetic(int exemplars, int channels, boolean quick) {
    int rows = quick ? 96 : 192;
    int columns = quick ? 128 : 256;
    int count = quick ? Math.min(2, exemplars) : exemplars;
    String name =
        "synthetic: %d exemplars of %d x %d cells of %d channels, noise; a query of the same size"
            .formatted(count, rows, columns, channels);
    return new ExactCase(
        "synthetic",
        name,
        SyntheticCells.of(1, count, rows, columns, channels),
        SyntheticCells.map(1000, rows, columns, channels),
        Selection.all(count),
        quick ? 1024 : 4096);
  }

  /**
   * Cells of a database, which must stay open.
   *
   * @param exemplars how many, spread evenly over it
   * @param picture the query; without one it is the exemplar in the middle between two of these
   */
  static ExactCase of(Database database, String layer, int exemplars, @Nullable Path picture) {
    CellStore store = database.cells(layer);
    if (exemplars >= store.exemplars()) {
      throw new UserError(
          "%s: has %d exemplars, expected more than the %d that --exemplars asks for"
              .formatted(database.folder(), store.exemplars(), exemplars));
    }
    BitSet chosen = new BitSet();
    for (int i = 0; i < exemplars; i++) {
      chosen.set((int) ((2L * i + 1) * store.exemplars() / (2L * exemplars)));
    }
    int other = chosen.nextClearBit(store.exemplars() / 2);
    if (other >= store.exemplars()) {
      other = chosen.nextClearBit(0);
    }
    FeatureMap query = picture == null ? exemplar(store, other) : run(database, store, picture);
    String name =
        "%s: %d of %d exemplars of %d x %d cells of %d channels, layer %s; query: %s"
            .formatted(
                database.folder().getFileName(),
                exemplars,
                store.exemplars(),
                store.layer().rows(),
                store.layer().columns(),
                store.layer().channels(),
                layer,
                picture == null
                    ? "exemplar " + database.exemplars().get(other).id()
                    : picture.getFileName());
    int cells = query.rows() * query.columns();
    return new ExactCase(
        "database", name, store, query, Selection.of(chosen, store.exemplars()), peerCells(cells));
  }

  /** At most 4,096, and a multiple of the blocks in which the peers multiply. */
  private static int peerCells(int cells) {
    if (cells < 512) {
      throw new UserError("a query of %d cells, expected 512 or more".formatted(cells));
    }
    return Math.min(4096, cells / 512 * 512);
  }

  private static FeatureMap exemplar(CellStore store, int number) {
    float[] cells = new float[store.layer().cells() * store.layer().channels()];
    store.read(number, 0, store.layer().cells(), cells, 0);
    return new FeatureMap(
        store.layer().rows(), store.layer().columns(), store.layer().channels(), cells);
  }

  private static FeatureMap run(Database database, CellStore store, Path picture) {
    try (Network network = database.network(NetworkOptions.defaults())) {
      return store.standardise(
          network
              .run(PictureFile.read(picture), List.of(network.layer(store.layer().name())))
              .layers()
              .getFirst());
    }
  }

  int queryCells() {
    return query.rows() * query.columns();
  }

  int channels() {
    return query.channels();
  }

  int cellsAnExemplar() {
    return store.layer().cells();
  }

  /** Floating point operations for so many cells of the query, whatever the hyperpatch. */
  double operations(int cells) {
    return 2.0 * cells * selection.size() * cellsAnExemplar() * channels();
  }

  /** The cell of the query that the peers have at a place: they get cells from all over it. */
  int peerCell(int at) {
    return (int) ((long) at * queryCells() / peerCells);
  }

  /** The peers' cells, cell by cell. */
  float[] peerQuery() {
    float[] cells = new float[peerCells * channels()];
    for (int i = 0; i < peerCells; i++) {
      System.arraycopy(query.cells(), peerCell(i) * channels(), cells, i * channels(), channels());
    }
    return cells;
  }

  /** All cells of a chosen exemplar, cell by cell. */
  float[] cells(int exemplar) {
    float[] cells = new float[cellsAnExemplar() * channels()];
    store.read(exemplar, 0, cellsAnExemplar(), cells, 0);
    return cells;
  }
}
