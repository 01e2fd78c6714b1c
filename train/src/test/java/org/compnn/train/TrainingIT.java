package org.compnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.compnn.generate.Facade;
import org.compnn.generate.FacadeClass;
import org.compnn.generate.Facades;
import org.compnn.image.Palette;
import org.compnn.image.Resample;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("end-to-end")
final class TrainingIT {
  private static final Palette PALETTE =
      Palette.of(Arrays.stream(FacadeClass.values()).map(FacadeClass::label).toList());

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    OnPytorch.start();
  }

  @Test
  void aSegNetLearnsFacades() throws IOException {
    try (NDManager manager = NDManager.newBaseManager();
        Course course = segNet(manager)) {
      History history =
          training(course, schedule(30), folder.resolve("m"), new StringWriter())
              .run(labelled(8, 36), labelled(4, 32));
      assertThat(history.epochs()).hasSize(30);
      assertThat(figure(history, 29, "cross-entropy"))
          .isLessThan(0.65 * figure(history, 0, "cross-entropy"));
      assertThat(figure(history, 29, "class accuracy")).as(history.csv()).isGreaterThan(0.25);
    }
    assertThat(folder.resolve("m/model.onnx")).exists();
    assertThat(Files.readString(folder.resolve("m/config.json")))
        .contains("\"10\" : \"pillar\"", "SegNetBasic");
    assertThat(Files.readString(folder.resolve("m/preprocessor_config.json")))
        .contains("image_mean", "\"height\" : 32");
    assertThat(folder.resolve("m/samples/epoch-030.png")).exists();
    assertThat(Files.readAllLines(folder.resolve("m/history.csv"))).hasSize(31);
  }

  @Test
  void aPix2PixLearnsFacades() throws IOException {
    try (NDManager manager = NDManager.newBaseManager();
        Course course = pix2Pix(manager)) {
      History history =
          training(course, schedule(25), folder.resolve("m"), new StringWriter())
              .run(painted(8, 36), painted(4, 32));
      assertThat(figure(history, 24, "l1")).isLessThan(0.9 * figure(history, 0, "l1"));
      assertThat(figure(history, 24, "validation l1")).isLessThan(0.45);
    }
    assertThat(Files.readString(folder.resolve("m/config.json"))).contains("image-to-image");
  }

  @Test
  void aTrainingThatIsCutOffGoesOnToTheSameEnd() throws IOException {
    for (boolean painter : new boolean[] {true, false}) {
      Map<String, Parameters.Tensor> straight;
      try (NDManager manager = NDManager.newBaseManager();
          Course course = painter ? pix2Pix(manager) : segNet(manager)) {
        run(course, painter, folder.resolve("straight" + painter), new StringWriter());
        straight = course.state();
      }
      Path cut = folder.resolve("cut" + painter);
      try (NDManager manager = NDManager.newBaseManager();
          Course course = painter ? pix2Pix(manager) : segNet(manager)) {
        assertThatThrownBy(() -> run(course, painter, cut, new CutOff("epoch 3/4:")))
            .isInstanceOf(CutOff.Cut.class);
      }
      StringWriter said = new StringWriter();
      try (NDManager manager = NDManager.newBaseManager();
          Course course = painter ? pix2Pix(manager) : segNet(manager)) {
        History history = run(course, painter, cut, said);
        assertThat(said.toString()).startsWith("resuming after epoch 2");
        assertThat(history.epochs()).hasSize(4);
        Map<String, Parameters.Tensor> resumed = course.state();
        assertThat(resumed.keySet()).isEqualTo(straight.keySet());
        straight.forEach(
            (name, tensor) ->
                assertThat(Objects.requireNonNull(resumed.get(name)).values())
                    .as(name)
                    .usingComparatorWithPrecision(1e-6f)
                    .containsExactly(tensor.values()));
      }
    }
  }

  @Test
  void aTrainingCutOffAfterItsLastEpochStillWritesItsNetwork() throws IOException {
    for (boolean painter : new boolean[] {true, false}) {
      Path whole = folder.resolve("whole" + painter);
      try (NDManager manager = NDManager.newBaseManager();
          Course course = painter ? pix2Pix(manager) : segNet(manager)) {
        run(course, painter, whole, new StringWriter());
      }
      Path model = whole.resolve("model.onnx");
      byte[] written = Files.readAllBytes(model);
      Files.delete(model);
      try (NDManager manager = NDManager.newBaseManager();
          Course course = painter ? pix2Pix(manager) : segNet(manager)) {
        run(course, painter, whole, new StringWriter());
      }
      assertThat(Files.readAllBytes(model)).isEqualTo(written);
    }
  }

  @Test
  void anotherRecipeDoesNotGoOn() throws IOException {
    try (NDManager manager = NDManager.newBaseManager();
        Course course = segNet(manager)) {
      run(course, false, folder, new StringWriter());
      Training other =
          new Training(folder, course, schedule(4), "another", Resample.BILINEAR, _ -> {});
      assertThatThrownBy(() -> other.run(labelled(4, 36), labelled(2, 32)))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("expected a checkpoint of 'another'");
    }
  }

  /** Ends a training in the middle, as a kill would: after a checkpoint and before the next. */
  private static final class CutOff extends Writer {
    private static final class Cut extends RuntimeException {
      private static final long serialVersionUID = 1L;
    }

    private final String at;

    CutOff(String at) {
      this.at = at;
    }

    @Override
    public void write(char[] buffer, int from, int length) {
      if (new String(buffer, from, length).contains(at)) {
        throw new Cut();
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private static History run(Course course, boolean painter, Path folder, Writer out)
      throws IOException {
    return painter
        ? training(course, schedule(4), folder, out).run(painted(4, 36), painted(2, 32))
        : training(course, schedule(4), folder, out).run(labelled(4, 36), labelled(2, 32));
  }

  private static Training training(Course course, Schedule schedule, Path folder, Writer out) {
    return new Training(
        folder, course, schedule, "a test", Resample.BILINEAR, new PrintWriter(out)::println);
  }

  private static Schedule schedule(int epochs) {
    return new Schedule(32, 32, epochs, 2, 0.003, 4, true, 10, 1);
  }

  private static Course segNet(NDManager manager) {
    return new SegNetCourse(
        manager,
        SegNet.basic(12, 5, 3, PALETTE.size()),
        PALETTE,
        TrainingSet.normalisation(labelled(8, 32)),
        SegNetCourse.balanced(labelled(8, 32), PALETTE.size(), 4),
        1);
  }

  private static Course pix2Pix(NDManager manager) {
    return new Pix2PixCourse(manager, new UNet(8, 4, 3), new PatchGan(8, 2), 100, 1);
  }

  private static List<Sample> labelled(int count, int size) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Facade facade = Facades.generate(1, i, size);
      samples.add(new Sample("" + i, facade.photo(), facade.labels()));
    }
    return samples;
  }

  private static List<Sample> painted(int count, int size) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Facade facade = Facades.generate(1, i, size);
      samples.add(new Sample("" + i, facade.colouredLabels(), facade.photo()));
    }
    return samples;
  }

  private static double figure(History history, int epoch, String name) {
    return history.epochs().get(epoch).getOrDefault(name, Double.NaN);
  }
}
