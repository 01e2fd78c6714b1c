package org.compnn.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
final class CompareCommand implements Callable<Studied>, Explaining {
  @Mixin private Voice voice = new Voice();

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
  public Studied call() throws IOException {
    try (CompNN compnn = database.open(voice, settings.options())) {
      List<Wanted> wanted = databases.stream().map(this::wanted).toList();
      // A mistake in the last is said before the first is searched for.
      wanted.forEach(each -> with(each, compnn, another -> another.selection(each.options())));
      Query query = AskedPictures.one(picture, compnn, new SampleArguments(), voice::note);
      List<Comparison.Variant> variants =
          wanted.stream()
              .map(
                  each ->
                      with(
                          each,
                          compnn,
                          another -> explained(another, each.name(), query, each.options())))
              .toList();
      Comparison comparison = new Comparison(query.name(), variants);
      voice.line(ComparisonReport.table(comparison).text());
      Path report = ComparisonReport.sheet(comparison).write(out.folder());
      voice.line(report);
      return Studied.of(report);
    }
  }

  /**
   * A part that is compared.
   *
   * @param name what it is called
   * @param folder the database
   * @param options what may match of it
   */
  private record Wanted(String name, Path folder, Options options) {}

  private Wanted wanted(String text) {
    int colon = text.indexOf(':');
    if (colon < 1) {
      throw new UserError(
          "--database: expected a name, a colon and terms such as 'brick: style=brick', found '"
              + text
              + "'");
    }
    List<String> only = new ArrayList<>();
    List<String> without = new ArrayList<>();
    Path folder = database.folder();
    for (String term : text.substring(colon + 1).strip().split("\\s+", -1)) {
      if (term.startsWith("db:")) {
        folder = Path.of(term.substring("db:".length()));
      } else if (term.startsWith("-")) {
        without.add(term.substring(1));
      } else if (!term.isEmpty()) {
        only.add(term);
      }
    }
    return new Wanted(
        text.substring(0, colon).strip(), folder, settings.options().only(only).without(without));
  }

  private <T> T with(Wanted wanted, CompNN compnn, Function<CompNN, T> task) {
    if (wanted.folder().equals(database.folder())) {
      return task.apply(compnn);
    }
    try (CompNN another = CompNN.open(wanted.folder(), voice.progress())) {
      return task.apply(another);
    }
  }

  /** Explains and writes the whole explanation at once, while its database is open. */
  private Comparison.Variant explained(CompNN compnn, String name, Query query, Options options) {
    Explanation why = compnn.explain(query, options);
    Report.of(why).write(out.folder().resolve(FileNames.safe(name)));
    return Comparison.Variant.of(name, why);
  }
}
