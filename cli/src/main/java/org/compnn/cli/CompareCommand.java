package org.compnn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.compnn.CompNN;
import org.compnn.explain.Explanation;
import org.compnn.explain.Knobs;
import org.compnn.explain.Options;
import org.compnn.explain.Query;
import org.compnn.files.FileNames;
import org.compnn.problem.UserError;
import org.compnn.report.ComparisonReport;
import org.compnn.report.Report;
import org.compnn.study.Comparison;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains one picture by several databases or selections. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    modelTransformer = Explaining.Flagged.class,
    description = {
      "Explain a picture with several databases or parts of one, side by side.",
      "Nothing is indexed again. Writes report.html, comparison.svg and numbers.json, and for each"
          + " part a picture and a folder with its full explanation."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  compnn compare facades.db labels.png --database 'all:' \\",
      "    --database 'brick: style=brick' --out compared"
    })
final class CompareCommand implements Callable<Integer>, Explaining {
  @Spec private CommandSpec spec;

  @Mixin private DatabaseArgument database;

  @Parameters(index = "1", paramLabel = "PICTURE", description = "Picture to explain.")
  private Path picture;

  @Mixin private OutArgument out;

  @Option(
      names = "--database",
      required = true,
      paramLabel = "NAME: TERM...",
      description =
          "A name, a colon, and what may match: ids, globs, tags or @lists, separated by spaces."
              + " -TERM excludes, db:PATH selects another database, no term means all. Repeatable:"
              + " the first is the one that the others are compared with.")
  private List<String> databases = List.of();

  private final SettingArguments settings = new SettingArguments(Options.defaults(), Knobs.TOP_K);

  @Override
  public SettingArguments settings() {
    return settings;
  }

  @Override
  public Integer call() {
    PrintWriter print = spec.commandLine().getOut();
    try (CompNN compnn = database.open()) {
      Query query = AskedPictures.one(picture, compnn, new SampleArguments(), print);
      List<Comparison.Variant> variants = new ArrayList<>();
      for (String wanted : databases) {
        variants.add(variant(compnn, query, wanted));
      }
      Comparison comparison = new Comparison(query.name(), variants);
      print.println(ComparisonReport.table(comparison).text());
      print.println(ComparisonReport.sheet(comparison).write(out.folder()));
    }
    print.flush();
    return 0;
  }

  private Comparison.Variant variant(CompNN compnn, Query query, String wanted) {
    int colon = wanted.indexOf(':');
    if (colon < 1) {
      throw new UserError(
          "--database: expected a name, a colon and terms such as 'brick: style=brick', found '"
              + wanted
              + "'");
    }
    String name = wanted.substring(0, colon).strip();
    List<String> only = new ArrayList<>();
    List<String> without = new ArrayList<>();
    Path other = database.folder();
    for (String term : wanted.substring(colon + 1).strip().split("\\s+", -1)) {
      if (term.startsWith("db:")) {
        other = Path.of(term.substring("db:".length()));
      } else if (term.startsWith("-")) {
        without.add(term.substring(1));
      } else if (!term.isEmpty()) {
        only.add(term);
      }
    }
    Options options = settings.options().only(only).without(without);
    if (other.equals(database.folder())) {
      return explained(compnn, name, query, options);
    }
    try (CompNN another = CompNN.open(other, TerminalProgress.onTerminal())) {
      return explained(another, name, query, options);
    }
  }

  /** Explains and writes the whole explanation at once, while its database is open. */
  private Comparison.Variant explained(CompNN compnn, String name, Query query, Options options) {
    Explanation why = compnn.explain(query, options);
    Report.of(why).write(out.folder().resolve(FileNames.safe(name)));
    return Comparison.Variant.of(name, why);
  }
}
