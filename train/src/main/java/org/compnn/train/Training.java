package org.compnn.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.compnn.files.WholeFile;
import org.compnn.image.PictureFile;
import org.compnn.image.Raster;
import org.compnn.image.Resample;
import org.compnn.problem.UserError;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Trains a network epoch by epoch into a folder: after each epoch the network as it is then, and a
 * checkpoint from which a later run goes on; figures, curves, sheets of samples. A training that is
 * stopped, or that can go no further, leaves the network of its last step.
 */
final class Training {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int SHEET = 6;
  private static final int ATTEMPTS = 3;

  private final Path folder;
  private final Course course;
  private final Schedule schedule;
  private final String recipe;
  private final Resample inputs;
  private final Consumer<String> say;

  /**
   * @param folder where everything goes
   * @param recipe what must be equal in two runs for the second to go on with the first
   * @param inputs how inputs are resized
   * @param say hears of the progress
   */
  Training(
      Path folder,
      Course course,
      Schedule schedule,
      String recipe,
      Resample inputs,
      Consumer<String> say) {
    this.folder = folder;
    this.course = course;
    this.schedule = schedule;
    this.recipe = recipe;
    this.inputs = inputs;
    this.say = say;
  }

  /**
   * Trains until the last epoch, from where an earlier run stopped.
   *
   * @param training pairs at the enlarged size
   * @param validation pairs at the network's size
   * @return the figures of every epoch
   */
  History run(List<Sample> training, List<Sample> validation) throws IOException {
    Files.createDirectories(folder.resolve("samples"));
    try (Stop stop = new Stop()) {
      return run(training, validation, stop);
    }
  }

  private History run(List<Sample> training, List<Sample> validation, Stop stop)
      throws IOException {
    Path checkpoint = folder.resolve("checkpoint.npz");
    History history = resume(checkpoint);
    try (NDManager manager = NDManager.newBaseManager()) {
      for (int epoch = history.epochs().size() + 1; epoch <= schedule.epochs(); epoch++) {
        Optional<Map<String, Double>> learned = epoch(manager, training, epoch, stop);
        if (learned.isEmpty()) {
          keep();
          say.accept(
              String.format(
                  Locale.ROOT,
                  "stopped in epoch %d: %s holds the network as it is now; the same command goes on"
                      + " from the end of epoch %d",
                  epoch,
                  folder,
                  epoch - 1));
          return history;
        }
        Map<String, Double> figures = learned.get();
        List<Raster> predictions = predict(manager, validation);
        figures.putAll(course.judge(validation, predictions));
        history = history.plus(figures);
        say.accept(
            String.format(
                Locale.ROOT, "epoch %d/%d: %s", epoch, schedule.epochs(), words(figures)));
        keep();
        new Checkpoint(note(history), course.state()).write(checkpoint);
        put("history.csv", history.csv());
        put("curves.svg", history.svg());
        if (epoch % schedule.sheetEvery() == 0 || epoch == schedule.epochs() || epoch == 1) {
          int shown = Math.min(SHEET, validation.size());
          WholeFile.write(
              folder
                  .resolve("samples")
                  .resolve(String.format(Locale.ROOT, "epoch-%03d.png", epoch)),
              PictureFile.png(
                  SampleSheet.of(
                      course, validation.subList(0, shown), predictions.subList(0, shown))));
        }
      }
    }
    if (!Files.exists(folder.resolve(ModelFolder.MODEL))) {
      keep();
    }
    return history;
  }

  private void keep() throws IOException {
    ModelFolder.write(folder, course, schedule.rows(), schedule.columns(), inputs);
  }

  /** The figures of an epoch, or nothing if it was to stop. */
  private Optional<Map<String, Double>> epoch(
      NDManager manager, List<Sample> training, int epoch, Stop stop) throws IOException {
    Random random = new Random(schedule.seed() * 1_000_003 + epoch);
    Engine.getInstance().setRandomSeed((int) (schedule.seed() * 7919 + epoch));
    List<Sample> order = new ArrayList<>(training);
    Collections.shuffle(order, random);
    int batch = Math.min(schedule.batch(), order.size());
    int steps = order.size() / batch;
    double[] sums = new double[course.losses().size()];
    Pace pace = new Pace();
    for (int step = 0; step < steps; step++) {
      if (stop.asked()) {
        return Optional.empty();
      }
      List<Sample> chosen =
          order.subList(step * batch, (step + 1) * batch).stream()
              .map(s -> s.jittered(schedule.rows(), schedule.columns(), schedule.mirror(), random))
              .toList();
      double[] losses = step(manager, chosen, epoch, step + 1);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += losses[i];
      }
      if (pace.due()) {
        say.accept(
            String.format(
                Locale.ROOT,
                "epoch %d/%d, step %d/%d, %.1f pairs/s: %s",
                epoch,
                schedule.epochs(),
                step + 1,
                steps,
                (step + 1) * batch / pace.seconds(),
                words(means(sums, step + 1))));
      }
    }
    return Optional.of(means(sums, steps));
  }

  /** One step; once more, and again, where it gives what is no number. */
  private double[] step(NDManager manager, List<Sample> chosen, int epoch, int step)
      throws IOException {
    double[] losses = new double[0];
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try (NDManager own = manager.newSubManager()) {
        losses = course.step(own, chosen, schedule.rate(epoch));
      }
      if (Arrays.stream(losses).allMatch(Double::isFinite)) {
        return losses;
      }
      if (attempt < ATTEMPTS) {
        say.accept(
            String.format(
                Locale.ROOT,
                "epoch %d, step %d: a loss or a gradient is no number; nothing was learned from it,"
                    + " it is done again",
                epoch,
                step));
      }
    }
    keep();
    throw new UserError(
        "expected finite losses and gradients, found %s in step %d of epoch %d, %d times; choose a smaller --rate; %s holds the network as it was before"
            .formatted(Arrays.toString(losses), step, epoch, ATTEMPTS, folder));
  }

  private Map<String, Double> means(double[] sums, int steps) {
    Map<String, Double> means = new LinkedHashMap<>();
    for (int i = 0; i < sums.length; i++) {
      means.put(course.losses().get(i), sums[i] / steps);
    }
    return means;
  }

  private List<Raster> predict(NDManager manager, List<Sample> samples) {
    List<Raster> predictions = new ArrayList<>();
    for (int from = 0; from < samples.size(); from += schedule.batch()) {
      int to = Math.min(samples.size(), from + schedule.batch());
      try (NDManager own = manager.newSubManager()) {
        predictions.addAll(course.predict(own, samples.subList(from, to)));
      }
    }
    return predictions;
  }

  private History resume(Path file) throws IOException {
    if (!Files.exists(file)) {
      return new History(List.of());
    }
    Checkpoint checkpoint = Checkpoint.read(file);
    JsonNode note = JSON.readTree(checkpoint.note());
    String before = note.path("recipe").asString("");
    if (!before.equals(recipe)) {
      throw new UserError(
          "%s: expected a checkpoint of '%s', found one of '%s'; use the same options or another --out"
              .formatted(file, recipe, before));
    }
    course.restore(checkpoint.tensors());
    List<Map<String, Double>> epochs = new ArrayList<>();
    for (JsonNode epoch : note.path("history")) {
      Map<String, Double> figures = new LinkedHashMap<>();
      epoch.properties().forEach(e -> figures.put(e.getKey(), e.getValue().doubleValue()));
      epochs.add(figures);
    }
    say.accept("resuming after epoch " + epochs.size());
    return new History(epochs);
  }

  private String note(History history) {
    ObjectNode note = JSON.createObjectNode();
    note.put("recipe", recipe);
    ArrayNode epochs = note.putArray("history");
    for (Map<String, Double> figures : history.epochs()) {
      ObjectNode epoch = epochs.addObject();
      figures.forEach(epoch::put);
    }
    return JSON.writeValueAsString(note);
  }

  private void put(String name, String text) throws IOException {
    WholeFile.write(folder.resolve(name), text);
  }

  private static String words(Map<String, Double> figures) {
    StringBuilder words = new StringBuilder();
    figures.forEach(
        (name, value) ->
            words.append(
                String.format(Locale.ROOT, "%s%s %.4f", words.isEmpty() ? "" : ", ", name, value)));
    return words.toString();
  }
}
