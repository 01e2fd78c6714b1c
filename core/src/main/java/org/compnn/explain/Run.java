package org.compnn.explain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import org.compnn.compose.Composition;
import org.compnn.compose.Labels;
import org.compnn.database.CellStore;
import org.compnn.database.Database;
import org.compnn.database.Selection;
import org.compnn.image.Picture;
import org.compnn.image.PictureSize;
import org.compnn.image.Raster;
import org.compnn.image.Resize;
import org.compnn.network.Activations;
import org.compnn.network.FeatureMap;
import org.compnn.network.Frame;
import org.compnn.network.Framing;
import org.compnn.network.Layer;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import org.compnn.search.FieldCheck;
import org.compnn.search.Found;
import org.compnn.search.GlobalMatch;
import org.compnn.search.How;
import org.compnn.search.SearchSettings;

/** What the network made of one picture, so that one run serves many questions. Immutable. */
public final class Run {
  private final Explainer explainer;
  private final Query query;
  private final Activations activations;
  private final Map<String, FeatureMap> layers;
  private final double milliseconds;
  private final boolean stored;

  private Run(
      Explainer explainer,
      Query query,
      Activations activations,
      Map<String, FeatureMap> layers,
      double milliseconds,
      boolean stored) {
    this.explainer = explainer;
    this.query = query;
    this.activations = activations;
    this.layers = layers;
    this.milliseconds = milliseconds;
    this.stored = stored;
  }

  static Run of(Explainer explainer, Query query, List<CellStore> stores) {
    return of(
        explainer,
        query,
        stores,
        (wanted, open) -> explainer.network().run(query.sample(), wanted, open),
        false);
  }

  private static Run of(
      Explainer explainer,
      Query query,
      List<CellStore> stores,
      BiFunction<List<Layer>, List<Layer>, Activations> network,
      boolean stored) {
    List<String> names = stores.stream().map(store -> store.layer().name()).distinct().toList();
    long begin = System.nanoTime();
    List<Layer> wanted = names.stream().map(explainer.network()::layer).toList();
    // As the exemplars ran, so that an exemplar's activations are those that are stored.
    List<Layer> indexed =
        explainer.database().layers().stream()
            .map(store -> explainer.network().layer(store.layer().name()))
            .toList();
    Activations activations = network.apply(wanted, indexed);
    double milliseconds = (System.nanoTime() - begin) / 1e6;
    Map<String, FeatureMap> layers = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      layers.put(names.get(i), activations.layers().get(i));
    }
    return new Run(explainer, query, activations, layers, milliseconds, stored);
  }

  /**
   * Runs the network on a training picture, which is stored as the network saw it, and so is its
   * right output.
   */
  static Run ofStored(Explainer explainer, int exemplar, List<CellStore> stores) {
    Database database = explainer.database();
    Picture input = database.input(exemplar);
    Frame frame =
        database
            .frame(exemplar)
            .orElseGet(
                () -> {
                  PictureSize size = new PictureSize(input.height(), input.width());
                  return Frame.whole(size, size);
                });
    Optional<Raster> truth =
        database.hasTarget(exemplar) ? Optional.of(database.target(exemplar)) : Optional.empty();
    String name = database.exemplars().get(exemplar).id();
    return of(
        explainer,
        new Query(name, input, truth),
        stores,
        (wanted, open) -> explainer.network().run(input, frame, wanted, open),
        true);
  }

  /** The picture as the network saw it. */
  public Picture input() {
    return activations.input();
  }

  /** The network's own output. */
  public Raster output() {
    return activations.prediction();
  }

  /** The raw output: class scores or the image's channels. */
  public FeatureMap scores() {
    return activations.output();
  }

  /** The right output at the size of the network's, if it is known. */
  public Optional<Raster> truth() {
    return query
        .truth()
        .map(
            right ->
                frame().isWhole() || stored
                    ? Resize.like(right, output())
                    : Framing.lay(right, frame(), output().height(), output().width()));
  }

  /** Where the picture lies in what the network saw. */
  public Frame frame() {
    return activations.frame();
  }

  /**
   * The activations of a layer, as the network gave them.
   *
   * @throws IllegalArgumentException if the run was made without it
   */
  public FeatureMap layer(CellStore cells) {
    FeatureMap found = layers.get(cells.layer().name());
    if (found == null) {
      throw new IllegalArgumentException(cells.layer().name() + " was not kept by this run");
    }
    return found;
  }

  /** How long the network took, in milliseconds. */
  public double milliseconds() {
    return milliseconds;
  }

  /** Bytes that this run keeps in memory, about. */
  public long bytes() {
    long numbers = activations.output().cells().length;
    for (FeatureMap map : layers.values()) {
      numbers += map.cells().length;
    }
    return 4 * numbers
        + input().bytes()
        + output().bytes()
        + query.truth().map(Raster::bytes).orElse(0L);
  }

  /**
   * The exemplars that this picture may match.
   *
   * @throws UserError if a term of the options finds nothing, or nothing is left
   */
  public Selection selection(Options options) {
    return explainer.selection(options, query.name());
  }

  /**
   * Finds the correspondences of this picture.
   *
   * @throws UserError if the options name a layer or exemplars that are not there
   */
  public Found match(Options options) {
    return match(options, selection(options));
  }

  /**
   * Finds the correspondences of this picture among some exemplars.
   *
   * @param selection instead of the one that the options name; where it is empty nothing matches
   */
  public Found match(Options options, Selection selection) {
    CellStore cells = explainer.cells(options);
    return held(cells, find(cells, asked(options, selection), options));
  }

  /** A field of all cells, padding too. */
  private Found find(CellStore cells, SearchSettings asked, Options options) {
    Found found = explainer.searches().find(cells, sought(cells), asked, options.method());
    if (explainer.network().readsOnlyAPicture()) {
      OwnExemplar.recognise(found.field(), asked, cells, input(), explainer.database()::input);
    }
    return found;
  }

  /** What is sought: padding is no part of a picture. */
  private FeatureMap sought(CellStore cells) {
    return frame().repeated(layer(cells));
  }

  private Found held(CellStore cells, Found found) {
    return frame().isWhole() && !explainer.database().isFramed()
        ? found
        : new Found(
            new HeldMatches(explainer.database(), cells.layer()).of(found.field(), frame()),
            found.how());
  }

  /**
   * The training pictures whose whole layer is nearest.
   *
   * @param count how many, 1 or more
   * @return at most so many, nearest first
   */
  public List<GlobalMatch> nearest(CellStore cells, Options options, int count) {
    return explainer.searches().nearest(cells, sought(cells), options, selection(options), count);
  }

  /** Explains the picture with the default options. */
  public Explanation explain() {
    return explain(Options.defaults());
  }

  /**
   * Explains the picture.
   *
   * @throws UserError if the options name a layer or exemplars that are not there, or original
   *     labels of a database without any
   */
  public Explanation explain(Options options) {
    boolean original = explainer.database().hasTargets();
    if (options.labels() == Labels.ORIGINAL && !original) {
      throw UserError.about(
          Knob.LABELS,
          explainer.database().folder()
              + ": expected original labels, found a database built from inputs alone; paste the"
              + " network's own predictions instead");
    }
    CellStore cells = explainer.cells(options);
    Selection selection = selection(options);
    SearchSettings asked = asked(options, selection);
    Found first = find(cells, asked, options);
    Optional<FieldCheck> check =
        first.how() instanceof How.Exact
            ? Optional.empty()
            : explainer.searches().check(cells, sought(cells), asked, first.field(), options);
    Found found = held(cells, first);
    long begin = System.nanoTime();
    Paste paste = new Paste(found, cells, options);
    Raster composition = paste.from(explainer.source(options.labels()), output());
    Optional<Raster> other =
        original
            ? Optional.of(paste.from(explainer.source(options.labels().other()), output()))
            : Optional.empty();
    Picture reconstruction = (Picture) paste.from(explainer.database()::input, input());
    double composed = (System.nanoTime() - begin) / 1e6;
    return Explanation.of(
        query.name(),
        new Settings(
            explainer.network().file().getFileName().toString(),
            explainer.database().folder().getFileName().toString(),
            cells.layer(),
            options,
            selection.size(),
            explainer.database().exemplars().size(),
            explainer.database().coding(cells)),
        explainer.palette(),
        input(),
        output(),
        truth(),
        composition,
        other,
        reconstruction,
        found,
        check,
        new Timings(milliseconds, found.how().seconds() * 1e3, composed),
        explainer.gallery(),
        frame());
  }

  private static SearchSettings asked(Options options, Selection selection) {
    return new SearchSettings(options.hyperpatch(), options.distance(), options.topK(), selection);
  }

  /** Pastes along a field. */
  private final class Paste {
    private final Found found;
    private final CellStore cells;
    private final Options options;

    Paste(Found found, CellStore cells, Options options) {
      this.found = found;
      this.cells = cells;
      this.options = options;
    }

    Raster from(IntFunction<? extends Raster> exemplars, Raster like) {
      Raster pasted =
          Composition.paste(
              found.field(),
              cells.layer(),
              options.overlap(),
              options.hyperpatch(),
              exemplars,
              like.height(),
              like.width(),
              explainer.workers());
      // Hyperpatches reach over the border.
      return frame().held(like.height(), like.width()).only(pasted);
    }
  }
}
