package org.compnn.train;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.compnn.dataset.TargetFormat;
import org.compnn.image.Palette;
import org.compnn.image.Resample;
import org.compnn.problem.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains SegNet. */
@Command(
    name = "segnet",
    mixinStandardHelpOptions = true,
    description =
        "Train SegNet, which labels every pixel: SegNet-Basic, or the full network with VGG-16's"
            + " thirteen convolutions.",
    footerHeading = "%nExample:%n",
    footer = {
      "  compnn train segnet facades --size 128 --out facades-segnet",
      "  compnn train segnet roads --size 192x256 --ignore 3 --classes sky,road,car \\",
      "    --out roads-segnet"
    })
public final class TrainSegNet implements Callable<Trained> {
  /** The two networks of the paper. */
  enum Variant {
    BASIC,
    VGG16;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Consumer<String> say;

  @Spec private CommandSpec spec;

  @Mixin private TrainingOptions options;

  @Option(
      names = "--variant",
      paramLabel = "NAME",
      defaultValue = "basic",
      description = "Network: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Variant variant;

  @Option(
      names = "--width",
      paramLabel = "N",
      defaultValue = "64",
      description = "Channels of the first convolution. Default: ${DEFAULT-VALUE}.")
  private int width;

  @Option(
      names = "--kernel",
      paramLabel = "N",
      defaultValue = "7",
      description = "Kernel size of SegNet-Basic's convolutions, odd. Default: ${DEFAULT-VALUE}.")
  private int kernel;

  @Option(
      names = "--depth",
      paramLabel = "N",
      defaultValue = "4",
      description = "Poolings of SegNet-Basic. Default: ${DEFAULT-VALUE}.")
  private int depth;

  @Option(
      names = "--classes",
      paramLabel = "NAME,...",
      hideParamSyntax = true,
      split = ",",
      description =
          "Class names, in the order of their indices. Default: the data set's classes.csv.")
  private @Nullable List<String> classes;

  @Option(
      names = "--ignore",
      paramLabel = "INDEX",
      description = "Index of unlabelled pixels in the labels, besides 255.")
  private @Nullable Integer ignored;

  @Option(
      names = "--most-weight",
      paramLabel = "X",
      defaultValue = "10",
      description =
          "Largest loss weight of a rare class; 1 weighs all alike. Default: ${DEFAULT-VALUE}.")
  private double mostWeight;

  /**
   * A command that tells what it does while it works.
   *
   * @param say hears a line of it
   */
  public TrainSegNet(Consumer<String> say) {
    this.say = say;
  }

  @Override
  public Trained call() throws IOException {
    Pytorch.need();
    if (width < 1 || depth < 1 || kernel < 1 || kernel % 2 == 0) {
      throw new UserError("expected positive --width and --depth and an odd --kernel");
    }
    Palette palette = palette();
    SegNet network =
        switch (variant) {
          case BASIC -> SegNet.basic(width, kernel, depth, palette.size());
          case VGG16 -> SegNet.vgg16(width, palette.size());
        };
    Schedule schedule = options.schedule(1e-3);
    TrainingOptions.fits(network, schedule);
    Pytorch.start(options.threads());
    TargetFormat format =
        new TargetFormat.Labels(
            palette, ignored == null ? OptionalInt.empty() : OptionalInt.of(ignored));
    List<List<Sample>> samples =
        options.samples(format, schedule, Resample.BILINEAR, Resample.NEAREST);
    say.accept(
        String.format(
            Locale.ROOT,
            "Training segnet on %d pairs, validating on %d",
            samples.get(0).size(),
            samples.get(1).size()));
    try (NDManager manager = NDManager.newBaseManager();
        Course course =
            new SegNetCourse(
                manager,
                network,
                palette,
                TrainingSet.normalisation(samples.get(0)),
                SegNetCourse.balanced(samples.get(0), palette.size(), mostWeight),
                schedule.seed())) {
      String recipe =
          String.format(
              Locale.ROOT,
              "segnet %s, width %d, kernel %d, depth %d, most weight %s, %s",
              variant,
              width,
              kernel,
              depth,
              mostWeight,
              options.recipe(schedule));
      History history =
          new Training(options.out(), course, schedule, recipe, Resample.BILINEAR, say)
              .run(samples.get(0), samples.get(1));
      Trained trained = Trained.of(options.out(), course, samples, history);
      trained.lines().forEach(spec.commandLine().getOut()::println);
      spec.commandLine().getOut().flush();
      return trained;
    }
  }

  private Palette palette() throws IOException {
    if (classes != null) {
      return Palette.of(classes);
    }
    if (options.classesFile().isEmpty()) {
      throw new UserError(
          "expected --classes, or classes.csv (code,name,colour) in the data set's folder, found"
              + " neither");
    }
    List<String[]> lines =
        Files.readAllLines(options.classesFile().get()).stream()
            .skip(1)
            .filter(line -> !line.isBlank())
            .map(line -> line.split(",", -1))
            .toList();
    try {
      if (IntStream.range(0, lines.size())
          .allMatch(i -> Integer.parseInt(lines.get(i)[0].strip()) == i)) {
        return new Palette(
            lines.stream().map(line -> line[1].strip()).toList(),
            lines.stream().map(line -> Integer.decode(line[2].strip())).toList(),
            OptionalInt.empty());
      }
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw wrongClasses(e);
    }
    throw wrongClasses(new IllegalArgumentException("codes are not 0, 1, 2 and so on"));
  }

  private UserError wrongClasses(RuntimeException cause) {
    return new UserError(
        "%s: expected lines of code,name,#colour with codes from 0, found something else (%s); correct it or set --classes"
            .formatted(options.classesFile().orElseThrow(), cause.getMessage()),
        cause);
  }
}
