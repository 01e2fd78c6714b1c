package org.compnn.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import org.compnn.browser.Chromium;
import org.compnn.browser.Tab;
import org.compnn.files.FileTree;
import org.compnn.problem.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Times the page in a browser, and lets many clients at the server. */
@Command(
    name = "page",
    description = {
      "Time what a person does on the page, in Chromium, from the action to the drawn frame. Then"
          + " let many clients ask at once, and print the server's memory."
    },
    footerHeading = "%nExample:%n",
    footer = "  bin/bench page camvid.db camvid/val",
    mixinStandardHelpOptions = true)
final class PageBench implements Callable<Integer> {
  private static final int WARM = 3;
  private static final int WIDTH = 1440;
  private static final int HEIGHT = 900;

  @Parameters(index = "0", paramLabel = "DB", description = "Database with two layers or more.")
  private Path database = Path.of(".");

  @Parameters(index = "1", paramLabel = "DATASET", description = "Pictures to choose from.")
  private Path data = Path.of(".");

  @Option(names = "--direction", paramLabel = "AtoB|BtoA", description = "As for 'compnn serve'.")
  private @Nullable String direction;

  @Option(names = "--repeats", description = "Repeats of each action. Default: ${DEFAULT-VALUE}.")
  private int repeats = 10;

  @Option(names = "--moves", description = "Mouse moves. Default: ${DEFAULT-VALUE}.")
  private int moves = 300;

  @Option(
      names = "--frames",
      description = "Frames that the grid is scrolled for. Default: ${DEFAULT-VALUE}.")
  private int scrolled = 300;

  @Option(
      names = "--review",
      paramLabel = "DIR",
      description = "As for 'compnn serve': judgements that are kept. Default: as there.")
  private @Nullable Path review;

  @Option(names = "--clients", description = "Clients at once. Default: ${DEFAULT-VALUE}.")
  private int clients = 50;

  @Option(
      names = "--seconds",
      description = "Seconds that the clients ask. Default: ${DEFAULT-VALUE}.")
  private int seconds = 60;

  @Option(names = "--heap", description = "Heap of the server. Default: ${DEFAULT-VALUE}.")
  private String heap = "2g";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path browser =
        Chromium.found()
            .orElseThrow(
                () ->
                    new UserError(
                        "expected Chromium on the PATH, found none; install it (Debian:"
                            + " chromium)"));
    PrintWriter out = spec.commandLine().getOut();
    out.println(Machine.here());
    List<String> served = new ArrayList<>(List.of(database.toString(), "--data", data.toString()));
    if (direction != null) {
      served.addAll(List.of("--direction", direction));
    }
    if (review != null) {
      served.addAll(List.of("--review", review.toString()));
    }
    try (ServedPage page = new ServedPage(heap, served)) {
      line(out, "server, before", page.memory());
      Path profile = Files.createTempDirectory("bench-page");
      try (Chromium chromium = Chromium.start(browser, profile);
          Tab tab = chromium.open(WIDTH, HEIGHT)) {
        visit(out, new PageVisit(tab), page.address());
      } finally {
        FileTree.remove(profile);
      }
      line(out, "server, one visitor", page.memory());
      PageClients many = new PageClients(page.address());
      many.run(clients, seconds);
      line(out, clients + " clients, questions", many.questions());
      line(out, clients + " clients, other requests", many.others());
      line(out, "sent", many.megabytes() + " MB");
      line(
          out,
          "errors",
          many.errors().size() + " " + many.errors().stream().distinct().limit(3).toList());
      line(out, "server, after", page.memory());
    }
    return 0;
  }

  private void visit(PrintWriter out, PageVisit visit, String address) {
    Times scrolling = new Times();
    Times frames = new Times();
    int grid = visit.scroll(address, scrolled, scrolling, frames);
    line(out, "grid of " + grid + ", work of a frame", scrolling);
    line(out, "grid, frame to frame", frames);
    line(out, "first picture, cold", String.format(Locale.ROOT, "%.0f ms", visit.open(address)));
    Times pictures = new Times();
    for (int i = -WARM; i < repeats; i++) {
      double milliseconds = visit.nextPicture();
      if (i >= 0) {
        pictures.add(milliseconds);
      }
    }
    line(out, "new picture", pictures);
    Times work = new Times();
    Times seen = new Times();
    int fetched = visit.hover(moves, new Random(1), work, seen);
    line(out, "hover, work of a frame", work);
    line(out, "hover, event to frame", seen);
    line(out, "hover, requests", fetched);
    Times selections = new Times();
    for (int i = 0; i < repeats; i++) {
      selections.add(visit.withoutThisOne());
    }
    line(out, "changed selection", selections);
    if (visit.layers() > 1) {
      Times layers = new Times();
      for (int i = -1; i < repeats; i++) {
        double milliseconds = visit.otherLayer(i % 2 != 0);
        if (i >= 0) {
          layers.add(milliseconds);
        }
        visit.nextPicture();
      }
      line(out, "changed layer", layers);
    }
  }

  private static void line(PrintWriter out, String what, Object figure) {
    out.printf(Locale.ROOT, "%-34s %s%n", what, figure);
    out.flush();
  }
}
