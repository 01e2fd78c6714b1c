package org.compnn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.compnn.CompNN;
import org.compnn.image.PictureFile;
import org.compnn.problem.UserError;
import org.compnn.report.Explanation;
import org.compnn.report.ExplanationFolder;
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

  @Mixin private ExplainArguments arguments;

  @Override
  public Integer call() {
    PrintWriter print = spec.commandLine().getOut();
    // A mistake in the last picture is said before the first is searched for.
    pictures.forEach(PictureFile::size);
    try (CompNN compnn = CompNN.open(folder, TerminalProgress.onTerminal())) {
      List<Explanation> explanations = new ArrayList<>();
      for (Path picture : pictures) {
        String id = stem(picture);
        Explanation why =
            compnn.explain(
                id, PictureFile.read(picture), Optional.empty(), arguments.options(topK, id));
        explanations.add(why);
        print.printf(
            Locale.ROOT,
            "%s: %d of %d exemplars used, search %.1f s%n",
            id,
            why.contributions().size(),
            why.settings().selected(),
            why.timings().getOrDefault("search", 0.0) / 1000);
        Optional.ofNullable(why.settings().further().get("reached")).ifPresent(print::println);
        Optional.ofNullable(why.settings().further().get("checked")).ifPresent(print::println);
        print.println(why.agreement().text());
      }
      print.println(ExplanationFolder.write(out, explanations, compnn.gallery()));
    }
    print.flush();
    return 0;
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
