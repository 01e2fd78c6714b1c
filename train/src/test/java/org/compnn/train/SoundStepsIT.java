package org.compnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.compnn.generate.Facade;
import org.compnn.generate.Facades;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.image.Resample;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That no step of a training leaves weights that are no numbers. */
@Tag("end-to-end")
final class SoundStepsIT {
  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    OnPytorch.start();
  }

  @Test
  void theFirstStepsOfPix2PixAreSoundEveryTime() {
    List<Sample> batch = facades(128, 4);
    for (int seed = 1; seed <= 6; seed++) {
      try (NDManager manager = NDManager.newBaseManager();
          Course course =
              new Pix2PixCourse(manager, new UNet(16, 6, 3), new PatchGan(32, 3), 100, seed)) {
        for (int step = 0; step < 2; step++) {
          try (NDManager own = manager.newSubManager()) {
            assertThat(course.step(own, batch, 2e-4)).doesNotContain(Double.NaN);
          }
        }
        course
            .state()
            .forEach((name, tensor) -> assertThat(finite(tensor.values())).as(name).isTrue());
      }
    }
  }

  @Test
  void convolutionsOfWholeBlocksAreThoseOfTheChannelsThereAre() {
    try (NDManager manager = NDManager.newBaseManager();
        Parameters parameters = new Parameters(manager, 1, true)) {
      NDArray x = manager.arange(2f * 5 * 6 * 7).reshape(2, 5, 6, 7).sin();
      NDArray y;
      try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
        y = new TorchOps(parameters, true).conv("c", x, 7, 3, 1, 1, true);
        gradients.backward(y.mul(y).sum());
      }
      NDArray w = parameters.kernel("c.weight", new Shape(7, 5, 3, 3));
      NDArray b = parameters.vector("c.bias", 7, 0);
      NDArray gradient = w.getGradient().duplicate();
      parameters.forget();
      assertThat(w.getGradient().abs().sum().getFloat()).isZero();
      NDArray plain;
      try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
        plain =
            x.getNDArrayInternal()
                .convolution(x, w, b, new Shape(1, 1), new Shape(1, 1), new Shape(1, 1), 1)
                .singletonOrThrow();
        gradients.backward(plain.mul(plain).sum());
      }
      assertThat(y.getShape()).isEqualTo(plain.getShape());
      assertThat(y.sub(plain).abs().max().getFloat()).isLessThan(1e-5f);
      assertThat(gradient.sub(w.getGradient()).abs().max().getFloat()).isLessThan(1e-3f);
    }
  }

  @Test
  void aGradientThatIsNoNumberIsNoticedAndForgotten() {
    try (NDManager manager = NDManager.newBaseManager();
        Parameters parameters = new Parameters(manager, 1, true)) {
      NDArray w = parameters.vector("w", 3, 1);
      for (float factor : new float[] {Float.NaN, 2}) {
        try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
          gradients.backward(manager.create(new float[] {1, factor, 1}).mul(w).sum());
        }
        assertThat(parameters.sound()).isEqualTo(factor == 2);
        if (factor != 2) {
          parameters.forget();
        }
      }
      assertThat(w.getGradient().toFloatArray()).containsExactly(1, 2, 1);
    }
  }

  @Test
  void aStepThatGaveNoNumbersIsDoneAgain() throws IOException {
    StringWriter said = new StringWriter();
    try (NDManager manager = NDManager.newBaseManager();
        Course course = new Faulty(painter(manager), 3, 1)) {
      History history = training(course, said).run(facades(36, 4), facades(32, 2));
      assertThat(history.epochs()).hasSize(2);
    }
    assertThat(said.toString()).contains("epoch 2, step 1: a loss or a gradient is no number");
  }

  @Test
  void aTrainingThatCanGoNoFurtherKeepsTheNetworkOfItsLastGoodStep() throws IOException {
    try (NDManager manager = NDManager.newBaseManager();
        Course course = new Faulty(painter(manager), 2, 100)) {
      assertThatThrownBy(
              () -> training(course, new StringWriter()).run(facades(36, 4), facades(32, 2)))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("in step 2 of epoch 1, 3 times")
          .hasMessageContaining("holds the network as it was before");
      course
          .state()
          .forEach((name, tensor) -> assertThat(finite(tensor.values())).as(name).isTrue());
    }
    assertThat(Files.size(folder.resolve("model.onnx"))).isGreaterThan(1000);
    assertThat(folder.resolve("preprocessor_config.json")).exists();
  }

  private Training training(Course course, StringWriter said) {
    Schedule schedule = new Schedule(32, 32, 2, 2, 0.003, 4, true, 10, 1);
    return new Training(
        folder, course, schedule, "a test", Resample.BILINEAR, new PrintWriter(said)::println);
  }

  private static Course painter(NDManager manager) {
    return new Pix2PixCourse(manager, new UNet(8, 4, 3), new PatchGan(8, 2), 100, 1);
  }

  private static List<Sample> facades(int size, int count) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Facade facade = Facades.generate(1, i, size);
      samples.add(new Sample("" + i, facade.colouredLabels(), facade.photo()));
    }
    return samples;
  }

  private static boolean finite(float[] values) {
    for (float v : values) {
      if (!Float.isFinite(v)) {
        return false;
      }
    }
    return true;
  }

  /** A course some steps of which give what is no number. */
  private static final class Faulty implements Course {
    private final Course course;
    private final int from;
    private final int times;
    private int steps;

    Faulty(Course course, int from, int times) {
      this.course = course;
      this.from = from;
      this.times = times;
    }

    @Override
    public double[] step(NDManager manager, List<Sample> batch, double rate) {
      steps++;
      if (steps >= from && steps < from + times) {
        return new double[] {Double.NaN, 0, 0};
      }
      return course.step(manager, batch, rate);
    }

    @Override
    public Architecture network() {
      return course.network();
    }

    @Override
    public Parameters parameters() {
      return course.parameters();
    }

    @Override
    public List<String> losses() {
      return course.losses();
    }

    @Override
    public List<Raster> predict(NDManager manager, List<Sample> batch) {
      return course.predict(manager, batch);
    }

    @Override
    public NDArray output(NDManager manager, NDArray inputs) {
      return course.output(manager, inputs);
    }

    @Override
    public Map<String, Double> judge(List<Sample> samples, List<Raster> predictions) {
      return course.judge(samples, predictions);
    }

    @Override
    public Picture shown(Raster raster) {
      return course.shown(raster);
    }

    @Override
    public Normalisation normalisation() {
      return course.normalisation();
    }

    @Override
    public Map<String, Object> config() {
      return course.config();
    }

    @Override
    public Ports ports() {
      return course.ports();
    }

    @Override
    public Map<String, Parameters.Tensor> state() {
      return course.state();
    }

    @Override
    public void restore(Map<String, Parameters.Tensor> state) {
      course.restore(state);
    }

    @Override
    public void close() {
      course.close();
    }
  }
}
