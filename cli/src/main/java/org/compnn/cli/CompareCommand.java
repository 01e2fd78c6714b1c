package org.compnn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.compnn.CompNN;
import org.compnn.ExplainOptions;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.problem.UserError;
import org.compnn.report.Explanation;
import org.compnn.report.ExplanationFolder;
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
    description = {
      "Explains a picture by several databases or selections of one, side by side: what changes.",
      "Nothing is indexed again. Writes report.html, comparison.svg, numbers.json, a picture and a"
          + " folder with a whole explanation for each."
    },
    footerHeading = "%nExample:%n",
    footer =
        "  compnn compare facades.db labels.png --database 'all:' --database 'brick: style=brick'"
            + " --out compared")
final class CompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "DB",
      description = "A database, as 'compnn index' wrote it.")
  private Path folder;

  @Parameters(index = "1", paramLabel = "PICTURE", description = "The picture to explain.")
  private Path picture;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where the report goes.")
  private Path out;

  @Option(
      names = "--database",
      required = true,
      paramLabel = "NAME: TERM...",
      description =
          "A name, a colon, and what may match: ids, globs, tags or @lists, separated by spaces;"
              + " -TERM takes away; db:PATH names another database; nothing means all. Repeatable;"
              + " the others are compared with the first.")
  private List<String> databases = List.of();

  @Mixin private ExplainArguments arguments;

  @Override
  public Integer call() {
    PrintWriter print = spec.commandLine().getOut();
    String id = ExplainCommand.stem(picture);
    Picture query = PictureFile.read(picture);
    try (CompNN compnn = CompNN.open(folder, TerminalProgress.onTerminal())) {
      List<Comparison.Variant> variants = new ArrayList<>();
      for (String wanted : databases) {
        variants.add(variant(compnn, id, query, wanted));
      }
      Comparison comparison = new Comparison(id, variants);
      print.println(comparison.table().text());
      print.println(comparison.sheet().write(out));
    }
    print.flush();
    return 0;
  }

  private Comparison.Variant variant(CompNN compnn, String id, Picture query, String wanted) {
    int colon = wanted.indexOf(':');
    if (colon < 1) {
      throw new UserError(
          "--database: expected a name, a colon and terms as 'brick: style=brick', found '"
              + wanted
              + "'");
    }
    String name = wanted.substring(0, colon).strip();
    List<String> only = new ArrayList<>();
    List<String> without = new ArrayList<>();
    Path other = folder;
    for (String term : wanted.substring(colon + 1).strip().split("\\s+", -1)) {
      if (term.startsWith("db:")) {
        other = Path.of(term.substring("db:".length()));
      } else if (term.startsWith("-")) {
        without.add(term.substring(1));
      } else if (!term.isEmpty()) {
        only.add(term);
      }
    }
    ExplainOptions options = arguments.options(1, id).withSelection(only, without);
    if (other.equals(folder)) {
      return explained(compnn, name, query, options);
    }
    try (CompNN another = CompNN.open(other, TerminalProgress.onTerminal())) {
      return explained(another, name, query, options);
    }
  }

  /** Explains and writes the whole explanation at once, while its database is open. */
  private Comparison.Variant explained(
      CompNN compnn, String name, Picture query, ExplainOptions options) {
    Explanation why = compnn.explain(name, query, Optional.empty(), options);
    ExplanationFolder.write(
        out.resolve(name.replaceAll("[^A-Za-z0-9._-]+", "_")), List.of(why), compnn.gallery());
    return Comparison.Variant.of(name, why, compnn.gallery());
  }
}
