package org.compnn.server;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.compnn.CompNN;
import org.compnn.DatabaseSet;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.DatasetOptions;
import org.compnn.dataset.Direction;
import org.compnn.dataset.TargetFormat;
import org.compnn.files.FileNames;
import org.compnn.network.NetworkOptions;
import org.compnn.problem.UserError;
import org.compnn.study.Review;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Serves the page. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Serve a page to explore databases: point at a pixel, see the patches behind it.",
      "Stop it with Ctrl-C. Only this machine can reach it, unless --host says otherwise."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  compnn serve camvid.db --data camvid/val",
      "  compnn serve facades.db camvid.db --data facades/val --direction BtoA \\",
      "    --data camvid/val"
    })
public final class ServeCommand implements Callable<Integer> {
  private final UnaryOperator<String> shown;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "DB",
      description = "Databases written by 'compnn index'.")
  private List<Path> folders;

  @Option(
      names = "--data",
      paramLabel = "DATASET",
      description =
          "Pictures to choose from, besides the training pictures. Repeat it for further databases,"
              + " in the same order.")
  private List<Path> data = List.of();

  @Option(
      names = "--direction",
      paramLabel = "AtoB|BtoA",
      description =
          "Input half of a side-by-side pair: AtoB the left, BtoA the right. Repeat it for further"
              + " data sets, in the same order.")
  private List<String> directions = List.of();

  @Option(
      names = "--review",
      paramLabel = "DIR",
      description =
          "Folder for what is judged and decided. Default: beside each database, under its name and"
              + " '.review'. With several databases repeat it, in the same order.")
  private List<Path> reviews = List.of();

  @Option(
      names = "--without-shard",
      paramLabel = "NAME",
      description =
          "Leave out this shard of every database that is a set, such as one that is missing."
              + " Repeatable.")
  private List<String> withoutShards = List.of();

  @Option(
      names = "--port",
      defaultValue = "8080",
      paramLabel = "PORT",
      description = "Port to listen on; 0 picks a free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      paramLabel = "HOST",
      description =
          "Address to listen on. Beyond this machine, browsers need the token in the printed"
              + " address, and the connection is not encrypted. Default: ${DEFAULT-VALUE}.")
  private String host;

  @Option(
      names = "--base-path",
      defaultValue = "",
      paramLabel = "PATH",
      description = "Path under which a proxy shows the page, as /compnn.")
  private String basePath;

  @Option(
      names = "--proxy",
      paramLabel = "ADDRESS",
      description =
          "Address of a proxy whose X-Forwarded-Host and X-Forwarded-Proto are believed;"
              + " repeatable. Browsers then need the token in the printed address.")
  private List<String> proxies = List.of();

  @Option(
      names = "--no-token",
      description = "Ask for no token: the named proxy lets in only who may come.")
  private boolean tokenless;

  @Option(
      names = "--token",
      description =
          "Ask for the token of the printed address on this machine too, where others are.")
  private boolean token;

  @Option(
      names = "--attached",
      description = "End when standard input does: with the program that started this one.")
  private boolean attached;

  @Option(
      names = "--network-timeout",
      defaultValue = "300",
      paramLabel = "SECONDS",
      description = "Longest that one run of a network may take. Default: ${DEFAULT-VALUE}.")
  private int networkTimeout;

  /** The command, whose arguments picocli fills in. */
  public ServeCommand() {
    this(UnaryOperator.identity());
  }

  /**
   * The same.
   *
   * @param shown how the page's address is printed
   */
  public ServeCommand(UnaryOperator<String> shown) {
    this.shown = shown;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (port < 0 || port > 65_535) {
      throw new UserError("--port: expected 0 to 65535, found " + port);
    }
    if (networkTimeout < 1) {
      throw new UserError("--network-timeout: expected 1 second or more, found " + networkTimeout);
    }
    NetworkOptions options =
        NetworkOptions.defaults().withTimeout(Duration.ofSeconds(networkTimeout));
    if (data.size() > folders.size()) {
      throw new UserError(
          "--data: expected at most %d, one per database, found %d"
              .formatted(folders.size(), data.size()));
    }
    if (directions.size() > data.size()) {
      throw new UserError(
          "--direction: expected at most %d, one per data set, found %d"
              .formatted(data.size(), directions.size()));
    }
    if (reviews.size() > folders.size()) {
      throw new UserError(
          "--review: expected at most %d, one per database, found %d"
              .formatted(folders.size(), reviews.size()));
    }
    Front front = Front.of(basePath, proxies, !tokenless);
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    List<CompNN> open = new ArrayList<>();
    CompNN.warmUp();
    try {
      List<ServedDatabase> served = new ArrayList<>();
      FileNames ids = new FileNames();
      for (int i = 0; i < folders.size(); i++) {
        List<String> without = DatabaseSet.isThere(folders.get(i)) ? withoutShards : List.of();
        CompNN compnn = CompNN.open(folders.get(i), without, options, Work.progress());
        open.add(compnn);
        Path review = i < reviews.size() ? reviews.get(i) : Review.folderOf(folders.get(i));
        served.add(new ServedDatabase(id(folders.get(i), ids), compnn, dataset(i, compnn), review));
      }
      try (PageServer server =
          PageServer.start(
              host,
              port,
              front,
              token,
              served,
              line -> {
                err.println("compnn: " + line);
                err.flush();
              })) {
        out.println(shown.apply(server.address()));
        out.flush();
        if (attached) {
          waitForTheStarter();
        } else {
          waitForTheEnd(server);
        }
      }
      return 0;
    } finally {
      open.forEach(CompNN::close);
    }
  }

  private Optional<Dataset> dataset(int i, CompNN compnn) {
    if (i >= data.size()) {
      return Optional.empty();
    }
    DatasetOptions options =
        DatasetOptions.of(TargetFormat.of(compnn.network().output()))
            .withInputs(compnn.network().inputs())
            .withSkipBroken(true);
    if (i < directions.size()) {
      String direction = directions.get(i);
      options =
          options.withDirection(
              switch (direction.toLowerCase(Locale.ROOT)) {
                case "atob" -> Direction.ATOB;
                case "btoa" -> Direction.BTOA;
                default ->
                    throw new UserError(
                        "--direction: expected AtoB or BtoA, found '" + direction + "'");
              });
    }
    return Optional.of(Dataset.open(data.get(i), options));
  }

  /** A name for addresses, of the folder's own and unlike the others. */
  static String id(Path folder, FileNames taken) {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return taken.unique(name == null ? "" : name.toString(), "database");
  }

  /** Until whoever started this program closes its standard input, or is no more. */
  private static void waitForTheStarter() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // It is gone.
    }
  }

  /** Until the JVM is told to end; then the server closes before the databases' files do. */
  private static void waitForTheEnd(PageServer server) throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    Thread atEnd =
        new Thread(
            () -> {
              server.close();
              end.countDown();
            });
    Runtime.getRuntime().addShutdownHook(atEnd);
    end.await();
  }
}
