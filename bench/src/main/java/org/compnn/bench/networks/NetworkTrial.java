package org.compnn.bench.networks;

import ai.onnxruntime.OrtException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.compnn.CompNN;
import org.compnn.Index;
import org.compnn.compose.Labels;
import org.compnn.database.CellStore;
import org.compnn.database.Selection;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.DatasetOptions;
import org.compnn.dataset.TargetFormat;
import org.compnn.explain.Explanation;
import org.compnn.explain.Options;
import org.compnn.explain.Query;
import org.compnn.explain.Run;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.image.ValueMap;
import org.compnn.network.Activations;
import org.compnn.network.FeatureMap;
import org.compnn.network.Layer;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.network.OutputSize;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.search.Field;
import org.compnn.search.Quality;
import org.compnn.search.SearchSettings;
import org.compnn.search.exact.ExactSearch;
import org.compnn.search.field.FieldSearch;
import org.compnn.search.lists.ListIndexBuilder;
import org.compnn.threads.Workers;

/** Indexes a few generated pictures by a network and looks at what comes back. */
final class NetworkTrial {
  /**
   * Outputs that differ by less, relative to their greatest number, differ by rounding; the steps
   * of half precision are 1e-3.
   */
  static final double EQUAL = 2e-3;

  /** Multiplications and additions that an exact search may take. */
  private static final double EXACT = 2e10;

  private static final int PICTURES = 6;
  private static final List<String> TERMS = List.of("penultimate", "bottleneck");

  private final String name;
  private final String about;
  private final NetworkOptions options;
  private final Path scratch;

  NetworkTrial(String name, String about, NetworkOptions options, Path scratch) {
    this.name = name;
    this.about = about;
    this.options = options;
    this.scratch = scratch;
  }

  /** All that is seen of the network in a folder. */
  NetworkRow of(Path folder) {
    try (Network network = Network.open(folder, options.withThreads(1))) {
      return row(network);
    } catch (UserError e) {
      return NetworkRow.refused(name, about, String.valueOf(e.getMessage()));
    } catch (RuntimeException | OrtException | LinkageError e) {
      StackTraceElement at = e.getStackTrace().length > 0 ? e.getStackTrace()[0] : null;
      return NetworkRow.crashed(name, about, e + (at == null ? "" : " at " + at));
    }
  }

  private NetworkRow row(Network network) throws OrtException {
    Path pictures = scratch.resolve("pictures");
    boolean grey = network.preprocessing().channels() == 1;
    Pictures.write(pictures, PICTURES, network.inputHeight(), network.inputWidth(), grey);
    Dataset dataset = Dataset.open(pictures, DatasetOptions.of(TargetFormat.of(network.output())));
    Path folder = scratch.resolve("db");
    Index.of(network, dataset).layers(TERMS).write(folder);
    List<NetworkRow.SelfMatch> matches = new ArrayList<>();
    double composed = 1;
    try (CompNN compnn = CompNN.open(folder)) {
      for (String term : TERMS) {
        Layer layer = network.layer(term);
        CellStore store = compnn.database().cells(layer.name());
        ListIndexBuilder.build(compnn.database(), store, 1, compnn.workers(), Progress.NONE);
        matches.add(matches(compnn, term, store));
      }
      Picture first = Picture.read(pictures.resolve("0.png"));
      Options asked = Options.defaults().layer("penultimate").labels(Labels.SELF);
      Run run = compnn.run(Query.of("0", first));
      Explanation why = run.explain(asked);
      composed = share(run.output(), why.composition());
    }
    Optional<OriginalRun.Difference> output = output(network);
    return new NetworkRow(
        name,
        about,
        network.layers().size(),
        matches,
        output,
        composed,
        Optional.empty(),
        Optional.empty());
  }

  /** Our run of a picture against the file's own, at the network's own size. */
  private Optional<OriginalRun.Difference> output(Network network) throws OrtException {
    NetworkOptions raw = options.withOutputSize(OutputSize.NETWORK).withThreads(1);
    try (Network ours = Network.open(network.file(), raw)) {
      Picture picture = Picture.read(scratch.resolve("pictures").resolve("0.png"));
      Activations run = ours.run(picture, List.of());
      return OriginalRun.compare(ours, ours.file(), run.input(), run.output());
    }
  }

  private NetworkRow.SelfMatch matches(CompNN compnn, String term, CellStore store) {
    Layer layer = store.layer();
    int exact = 0;
    int field = 0;
    int cells = 0;
    Set<List<Float>> different = new HashSet<>();
    Workers workers = compnn.workers();
    SearchSettings settings =
        new SearchSettings(1, Options.defaults().distance(), 1, Selection.all(store.exemplars()));
    FieldSearch lists =
        FieldSearch.open(compnn.database(), store, 1, Quality.BALANCED, workers, Progress.NONE)
            .byLists();
    for (int number = 0; number < PICTURES; number += 2) {
      Picture picture = Picture.read(scratch.resolve("pictures").resolve(number + ".png"));
      Run run = compnn.run(Query.of("" + number, picture), List.of(store));
      FeatureMap activations = run.layer(store);
      Options asked = Options.defaults().layer(layer.name());
      exact +=
          off(
              new ExactSearch(store, workers, Progress.NONE)
                  .find(band(activations, store), settings)
                  .field(),
              () -> run.match(asked.exact()).field());
      field += off(lists.find(activations, settings).field(), () -> run.match(asked).field());
      cells += layer.cells();
      for (int cell = 0; cell < layer.cells(); cell++) {
        different.add(cell(activations, cell));
      }
    }
    return new NetworkRow.SelfMatch(
        term,
        layer.name(),
        layer.rows(),
        layer.columns(),
        layer.channels(),
        exact,
        field,
        cells,
        different.size());
  }

  /** As many rows from the middle of a picture as are searched exactly in about a second. */
  private static FeatureMap band(FeatureMap map, CellStore store) {
    double row = 2.0 * map.columns() * map.channels() * store.exemplars() * store.layer().cells();
    int rows = (int) Math.clamp(EXACT / row, 1, map.rows());
    int length = rows * map.columns() * map.channels();
    float[] cells = new float[length];
    int from = (map.rows() - rows) / 2 * map.columns() * map.channels();
    System.arraycopy(map.cells(), from, cells, 0, length);
    return new FeatureMap(rows, map.columns(), map.channels(), cells);
  }

  /** Some of a cell's numbers, enough to tell cells apart. */
  private static List<Float> cell(FeatureMap map, int cell) {
    List<Float> numbers = new ArrayList<>();
    for (int c = 0; c < Math.min(8, map.channels()); c++) {
      numbers.add(map.cells()[cell * map.channels() + c]);
    }
    return numbers;
  }

  /**
   * Cells that are not at distance 0.
   *
   * @param explained the whole way of a search, which also knows a training picture by its pixels;
   *     asked where the search alone leaves cells
   */
  private static int off(Field field, Supplier<Field> explained) {
    return off(field) == 0 ? 0 : off(explained.get());
  }

  private static int off(Field field) {
    int off = 0;
    for (float distance : field.distance()) {
      off += distance == 0 ? 0 : 1;
    }
    return off;
  }

  private static boolean same(ValueMap one, ValueMap other, int pixel) {
    int from = pixel * one.channels();
    return Arrays.equals(
        one.values(), from, from + one.channels(), other.values(), from, from + other.channels());
  }

  /** Share of pixels that are the same in both. */
  private static double share(Raster one, Raster other) {
    if (one.height() != other.height() || one.width() != other.width()) {
      return 0;
    }
    int same = 0;
    int pixels = one.height() * one.width();
    for (int row = 0; row < one.height(); row++) {
      for (int column = 0; column < one.width(); column++) {
        same += same(one, other, row, column) ? 1 : 0;
      }
    }
    return (double) same / pixels;
  }

  private static boolean same(Raster one, Raster other, int row, int column) {
    int at = row * one.width() + column;
    return switch (one) {
      case LabelMap labels -> labels.classes()[at] == ((LabelMap) other).classes()[at];
      case Picture picture -> picture.pixel(row, column) == ((Picture) other).pixel(row, column);
      case ValueMap values -> same(values, (ValueMap) other, at);
    };
  }
}
