package org.compnn.train;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.compnn.dataset.TargetFormat;
import org.compnn.image.Resample;
import org.compnn.problem.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains Pix2Pix. */
@Command(
    name = "pix2pix",
    mixinStandardHelpOptions = true,
    description =
        "Train Pix2Pix: a U-Net that paints pictures against a PatchGAN. The defaults are the"
            + " paper's 256-pixel network.",
    footerHeading = "%nExample:%n",
    footer = {
      "  compnn train pix2pix facades --direction BtoA --filters 32 --epochs 50 \\",
      "    --out painter"
    })
public final class TrainPix2Pix implements Callable<Trained> {
  private final Consumer<String> say;

  @Spec private CommandSpec spec;

  @Mixin private TrainingOptions options;

  @Option(
      names = "--filters",
      paramLabel = "N",
      defaultValue = "64",
      description = "Channels of the U-Net's first layer. Default: ${DEFAULT-VALUE}.")
  private int filters;

  @Option(
      names = "--depth",
      paramLabel = "N",
      defaultValue = "8",
      description =
          "Halvings of the U-Net; 8 suits 256 pixels, 7 suits 128. Default: ${DEFAULT-VALUE}.")
  private int depth;

  @Option(
      names = "--patch-filters",
      paramLabel = "N",
      defaultValue = "64",
      description = "Channels of the PatchGAN's first layer. Default: ${DEFAULT-VALUE}.")
  private int patchFilters;

  @Option(
      names = "--patch-layers",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "Halvings of the PatchGAN; 3 gives patches of 70 pixels. Default: ${DEFAULT-VALUE}.")
  private int patchLayers;

  @Option(
      names = "--l1",
      paramLabel = "X",
      defaultValue = "100",
      description = "Weight of the L1 loss against the PatchGAN. Default: ${DEFAULT-VALUE}.")
  private double l1;

  @Option(
      names = "--resample",
      paramLabel = "FILTER",
      defaultValue = "nearest",
      description =
          "Resampling filter of inputs: nearest for coloured labels, bilinear for photos."
              + " Default: ${DEFAULT-VALUE}.")
  private String resample;

  /**
   * A command that tells what it does while it works.
   *
   * @param say hears a line of it
   */
  public TrainPix2Pix(Consumer<String> say) {
    this.say = say;
  }

  @Override
  public Trained call() throws IOException {
    Pytorch.need();
    Resample inputs =
        switch (resample) {
          case "nearest" -> Resample.NEAREST;
          case "bilinear" -> Resample.BILINEAR;
          default ->
              throw new UserError("--resample: expected nearest or bilinear, found " + resample);
        };
    if (filters < 1 || depth < 2 || patchFilters < 1 || patchLayers < 1) {
      throw new UserError(
          "expected a --depth of 2 or more and positive --filters, --patch-filters and"
              + " --patch-layers");
    }
    UNet generator = new UNet(filters, depth, 3);
    Schedule schedule = options.schedule(2e-4);
    TrainingOptions.fits(generator, schedule);
    Pytorch.start(options.threads());
    List<List<Sample>> samples =
        options.samples(new TargetFormat.Image(), schedule, inputs, Resample.BILINEAR);
    say.accept(
        String.format(
            Locale.ROOT,
            "Training pix2pix on %d pairs, validating on %d",
            samples.get(0).size(),
            samples.get(1).size()));
    try (NDManager manager = NDManager.newBaseManager();
        Course course =
            new Pix2PixCourse(
                manager, generator, new PatchGan(patchFilters, patchLayers), l1, schedule.seed())) {
      String recipe =
          String.format(
              Locale.ROOT,
              "pix2pix, filters %d, depth %d, patch filters %d, patch layers %d, l1 %s, %s",
              filters,
              depth,
              patchFilters,
              patchLayers,
              l1,
              options.recipe(schedule));
      History history =
          new Training(options.out(), course, schedule, recipe, inputs, say)
              .run(samples.get(0), samples.get(1));
      Trained trained = Trained.of(options.out(), course, samples, history);
      trained.lines().forEach(spec.commandLine().getOut()::println);
      spec.commandLine().getOut().flush();
      return trained;
    }
  }
}
