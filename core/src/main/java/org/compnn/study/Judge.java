package org.compnn.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.compnn.CompNN;
import org.compnn.compose.Traced;
import org.compnn.database.CellStore;
import org.compnn.database.Selection;
import org.compnn.dataset.Pair;
import org.compnn.explain.Options;
import org.compnn.explain.Query;
import org.compnn.explain.Run;
import org.compnn.image.LabelMap;
import org.compnn.image.Raster;
import org.compnn.measure.EvenSample;
import org.compnn.network.FeatureMap;
import org.compnn.network.Frame;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.search.Field;
import org.compnn.search.Found;
import org.compnn.threads.Ahead;

/**
 * Judges pictures, each from one run of the network and one search. Safe for many threads.
 *
 * <pre>{@code
 * Judge judge = Judge.of(compnn, Options.defaults().topK(5));
 * References references = judge.references(Progress.NONE);
 * Judgement judgement = judge.judge(judge.match(pair), references);
 * }</pre>
 */
public final class Judge {
  /** Training pictures whose own distances are the references. */
  private static final int CALIBRATING = 12;

  private final CompNN compnn;
  private final Options options;
  private final CellStore cells;
  private final Optional<FutureTask<TrainingAxes>> axes;
  private final Weigh weigh;

  private Judge(
      CompNN compnn, Options options, Optional<FutureTask<TrainingAxes>> axes, Weigh weigh) {
    weigh.expect(compnn.database());
    this.compnn = compnn;
    this.options = options;
    this.cells = compnn.cells(options);
    this.axes = axes;
    this.weigh = weigh;
  }

  /**
   * A judge that also says where pictures lie among the training pictures.
   *
   * @param options how to match; top-k matches vote, and {@link Options#neighbours} of a training
   *     picture do not match it
   * @throws UserError if the options name a layer or exemplars that are not there
   */
  public static Judge of(CompNN compnn, Options options) {
    CellStore cells = compnn.cells(options);
    return new Judge(
        compnn,
        options,
        Optional.of(new FutureTask<>(() -> TrainingAxes.of(compnn, cells))),
        Weigh.NONE);
  }

  /** A judge that leaves embeddings empty. */
  public static Judge withoutAxes(CompNN compnn, Options options) {
    return new Judge(compnn, options, Optional.empty(), Weigh.NONE);
  }

  /**
   * The same judge, which shares wrong pixels among matches in another way.
   *
   * @throws UserError if the database has not what that needs
   */
  public Judge weighing(Weigh value) {
    return new Judge(compnn, options, axes, value);
  }

  /**
   * Works out where training pictures lie, which the first picture would else have to wait for.
   * Returns at once where that is done or under way.
   */
  public void prepare() {
    axes.ifPresent(FutureTask::run);
  }

  private static TrainingAxes done(FutureTask<TrainingAxes> axes) {
    axes.run();
    return Ahead.result(axes);
  }

  /** How pictures are matched. */
  public Options options() {
    return options;
  }

  /** Runs and matches a picture of a data set. */
  public Matched match(Pair pair) {
    Pair.Content content = pair.read();
    return match(new Query(pair.id(), content.sample(), content.target()));
  }

  /** Runs and matches any picture. */
  public Matched match(Query query) {
    Run run = compnn.run(query, List.of(cells));
    return matched(query.name(), run, run.match(options));
  }

  /** Runs a training picture and matches it against all but itself and its neighbours. */
  public Matched match(int exemplar) {
    Run run = compnn.run(exemplar, List.of(cells));
    String id = compnn.database().exemplars().get(exemplar).id();
    return matched(id, run, run.match(options, others(exemplar)));
  }

  private Selection others(int exemplar) {
    int around = options.neighbours();
    return compnn.selection(options).without(exemplar - around, exemplar + around);
  }

  /** A picture that was run and matched for another question, at the same layer. */
  Matched matched(String id, Run run, Found found) {
    Raster output = run.output();
    float[] embedding = new float[0];
    float[] places = new float[0];
    if (axes.isPresent()) {
      FeatureMap map = cells.standardise(run.layer(cells));
      TrainingAxes known = done(axes.get());
      embedding = embedding(map, run.frame(), known.pictures());
      places = places(map, known.cells());
    }
    return new Matched(
        id,
        run.input(),
        run.frame(),
        output,
        run.truth(),
        found,
        new Traced(found.field(), cells.layer(), output.height(), output.width()),
        embedding,
        places);
  }

  private static float[] embedding(FeatureMap map, Frame frame, PrincipalAxes axes) {
    Frame.Region held = frame.held(map.rows(), map.columns());
    double[] sums = new double[map.channels()];
    for (int row = held.top(); row < held.bottom(); row++) {
      for (int column = held.left(); column < held.right(); column++) {
        int at = (row * map.columns() + column) * map.channels();
        for (int c = 0; c < sums.length; c++) {
          sums[c] += map.cells()[at + c];
        }
      }
    }
    return axes.projectMean(sums, (double) held.height() * held.width());
  }

  private static float[] places(FeatureMap map, PrincipalAxes axes) {
    int numbers = axes.axes().size();
    float[] places = new float[map.rows() * map.columns() * numbers];
    for (int cell = 0; cell < map.rows() * map.columns(); cell++) {
      System.arraycopy(
          axes.project(map.cells(), cell * map.channels()), 0, places, cell * numbers, numbers);
    }
    return places;
  }

  /** The training pictures whose distances make the references, spread evenly. */
  public List<Integer> calibrating() {
    int[] chosen = compnn.selection(options).indices();
    return chosen.length < 2
        ? List.of()
        : Arrays.stream(EvenSample.of(chosen, CALIBRATING)).boxed().toList();
  }

  /** The distances of one of the {@link #calibrating} pictures, if it has others to match. */
  public Optional<References.Sample> sample(int exemplar) {
    Selection others = others(exemplar);
    if (others.size() == 0) {
      return Optional.empty();
    }
    Run run = compnn.run(exemplar, List.of(cells));
    Field field = run.match(options, others).field();
    int count = field.rows() * field.columns();
    float[] nearest = new float[count];
    for (int cell = 0; cell < count; cell++) {
      nearest[cell] = field.distance()[cell * field.topK()];
    }
    byte[] labels = new byte[0];
    if (run.output() instanceof LabelMap output) {
      labels = new byte[count];
      for (int cell = 0; cell < count; cell++) {
        int down = cell / field.columns();
        int across = cell % field.columns();
        int row = (int) ((down + 0.5) * output.height() / field.rows());
        int column = (int) ((across + 0.5) * output.width() / field.columns());
        labels[cell] = output.classes()[row * output.width() + column];
      }
    }
    return Optional.of(new References.Sample(nearest, labels));
  }

  /** The references of some samples. */
  public References references(List<References.Sample> samples) {
    return References.of(samples, compnn.palette().size());
  }

  /** Matches some training pictures with the others, and keeps how far they are. */
  public References references(Progress progress) {
    List<Integer> calibrating = calibrating();
    List<References.Sample> samples = new ArrayList<>();
    try (Progress.Task task =
        progress.begin("measuring distances", "pictures", calibrating.size())) {
      compnn.<Optional<References.Sample>>inTurn(
          calibrating.size(),
          options,
          number -> sample(calibrating.get(number)),
          sample -> {
            sample.ifPresent(samples::add);
            task.advance(1);
          });
    }
    return references(samples);
  }

  /** Judges a picture; without {@link References} no cause is novel and nothing unfamiliar. */
  public Judgement judge(Matched matched, References references) {
    return new Judging(compnn, matched, references, weigh).judgement();
  }
}
