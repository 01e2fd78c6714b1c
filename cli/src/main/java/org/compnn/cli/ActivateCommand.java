package org.compnn.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.compnn.CompNN;
import org.compnn.explain.Knobs;
import org.compnn.explain.Options;
import org.compnn.explain.Query;
import org.compnn.report.ActivationsReport;
import org.compnn.report.Table;
import org.compnn.study.ReplacedActivations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Replaces a layer's activations by those of the training set. */
@Command(
    name = "activate",
    mixinStandardHelpOptions = true,
    modelTransformer = Explaining.Flagged.class,
    description = {
      "Replace a layer's activations with training activations, and run the rest.",
      "Writes report.html, activations.svg, numbers.json, network.png, replaced.png and"
          + " composition.png."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  compnn activate facades.db labels.png --layer penultimate --skips query \\",
      "    --out what-if"
    })
final class ActivateCommand implements Callable<Studied>, Explaining {
  @Mixin private Voice voice = new Voice();

  @Mixin private DatabaseArgument database;

  @Parameters(index = "1", paramLabel = "PICTURE", description = "Picture to explain.")
  private Path picture;

  @Mixin private OutArgument out;
  @Mixin private SampleArguments inputs;

  @Option(
      names = "--skips",
      paramLabel = "SOURCE",
      defaultValue = "query",
      description =
          "Source of the other layers that cross the cut: ${COMPLETION-CANDIDATES}. Default:"
              + " ${DEFAULT-VALUE}.")
  private ReplacedActivations.Skips skips;

  private final SettingArguments settings = new SettingArguments(Options.defaults(), Knobs.TOP_K);

  @Override
  public SettingArguments settings() {
    return settings;
  }

  @Override
  public Studied call() throws IOException {
    try (CompNN compnn = database.open(voice, settings.options())) {
      Query query = AskedPictures.one(picture, compnn, inputs, voice::note);
      ReplacedActivations replaced =
          ReplacedActivations.of(compnn, query, settings.options(), skips);
      voice.line(Table.of(ActivationsReport.table(replaced, compnn.palette())).text());
      String network = compnn.network().file().getFileName().toString();
      Path report =
          ActivationsReport.sheet(replaced, network, compnn.palette()).write(out.folder());
      voice.line(report);
      return Studied.of(report);
    }
  }
}
