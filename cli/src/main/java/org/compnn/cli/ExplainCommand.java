package org.compnn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.compnn.CompNN;
import org.compnn.ExplainOptions;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.image.Raster;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import org.compnn.report.Explanation;
import org.compnn.report.ExplanationFolder;
import org.compnn.report.PipelineFigure;
import org.compnn.study.GlobalAnswers;
import org.compnn.study.RemovalCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains pictures. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Traces every pixel of the network's output to the training pixels that match it.",
      "For each picture: output.png, network.png, reconstruction.png, correspondences.png,"
          + " field.npy, distance.npy, explanation.json; and one report.html."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  compnn explain camvid.db street.png --out why",
      "  compnn explain camvid.db street.png --global --pixel 240,180 --top-k 5 --out why",
      "  compnn explain camvid.db street.png --labels original --hyperpatch 3 --without 'day=night'"
          + " --out why"
    })
final class ExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "DB",
      description = "A database, as 'compnn index' wrote it.")
  private Path folder;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "PICTURE",
      description = "The pictures to explain.")
  private List<Path> pictures;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where the answers go.")
  private Path out;

  @Option(
      names = "--top-k",
      defaultValue = "1",
      paramLabel = "K",
      description = "Matches kept for each cell. Default: ${DEFAULT-VALUE}.")
  private int topK;

  @Option(
      names = "--global",
      description = "Shows the global nearest neighbours by every indexed layer as well.")
  private boolean global;

  @Option(
      names = "--pixel",
      paramLabel = "X,Y",
      description =
          "Shows what the embedding of this pixel sees and the training patches found for it;"
              + " counted from 0 in the picture as given; repeatable.")
  private List<String> pixels = List.of();

  @Option(
      names = "--verify-by-removal",
      paramLabel = "N",
      description =
          "Explains again without the N exemplars cited most, and without N others drawn at"
              + " random, and compares.")
  private int removed;

  @Mixin private ExplainArguments arguments;

  @Override
  public Integer call() {
    if (removed < 0) {
      throw new UserError("--verify-by-removal: expected 1 or more, found " + removed);
    }
    PrintWriter print = spec.commandLine().getOut();
    // A mistake in the last picture is said before the first is searched for.
    pictures.forEach(PictureFile::size);
    try (CompNN compnn = CompNN.open(folder, TerminalProgress.onTerminal())) {
      List<Explanation> explanations = new ArrayList<>();
      for (Path picture : pictures) {
        String id = stem(picture);
        Picture query = PictureFile.read(picture);
        ExplainOptions options = arguments.options(topK, id);
        Explanation why = compnn.explain(id, query, Optional.empty(), options);
        explanations.add(further(compnn, query, options, why));
        print.printf(
            Locale.ROOT,
            "%s: %d of %d exemplars used, search %.1f s%n",
            id,
            why.contributions().size(),
            why.settings().selected(),
            why.timings().getOrDefault("search", 0.0) / 1000);
        Optional.ofNullable(why.settings().further().get("reached")).ifPresent(print::println);
        Optional.ofNullable(why.settings().further().get("checked"))
            .map(c -> c.equals(CompNN.NOT_CHECKED) ? c + Flags.hint(List.of(Knob.CHECK)) : c)
            .ifPresent(print::println);
        print.println(why.agreement().text());
      }
      print.println(ExplanationFolder.write(out, explanations, compnn.gallery()));
    }
    print.flush();
    return 0;
  }

  private Explanation further(
      CompNN compnn, Picture query, ExplainOptions options, Explanation why) {
    Explanation whole = why;
    if (global) {
      whole =
          whole.with(GlobalAnswers.section(compnn, why, GlobalAnswers.of(compnn, query, options)));
    }
    if (!pixels.isEmpty()) {
      List<PipelineFigure.Pixel> chosen =
          pixels.stream().map(text -> pixel(text, query, why.network())).toList();
      whole = whole.with(PipelineFigure.section(why, chosen, compnn.gallery()));
    }
    if (removed > 0) {
      RemovalCheck check = RemovalCheck.of(compnn, query, options, why, removed);
      spec.commandLine().getOut().println(check.table().text());
      whole = whole.with(check.section());
    }
    return whole;
  }

  /** A pixel of the picture as given, at its place in the network's output. */
  private static PipelineFigure.Pixel pixel(String text, Picture picture, Raster output) {
    String[] parts = text.split(",", -1);
    if (parts.length == 2) {
      try {
        int x = Integer.parseInt(parts[0].strip());
        int y = Integer.parseInt(parts[1].strip());
        if (x >= 0 && x < picture.width() && y >= 0 && y < picture.height()) {
          return new PipelineFigure.Pixel(
              y * output.height() / picture.height(), x * output.width() / picture.width());
        }
      } catch (NumberFormatException e) {
        // Falls through to the one message.
      }
    }
    throw new UserError(
        "--pixel: expected x,y within %d x %d (width x height), found '%s'"
            .formatted(picture.width(), picture.height(), text));
  }

  static String stem(Path picture) {
    Path file = picture.getFileName();
    if (file == null) {
      throw new UserError(picture + ": expected a picture, found a folder");
    }
    String name = file.toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
