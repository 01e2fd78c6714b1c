package org.compnn.bench.truth;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.compnn.bench.truth.Removal.Unit;
import org.compnn.files.WholeFile;
import org.compnn.problem.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Whether the training pictures that are cited made the network do it. */
@Command(
    name = "truth",
    description =
        "Train small networks on generated buildings, again without some of them, with wrong"
            + " labels, with marks, and measure whether the training pictures that an explanation"
            + " cites made the network do what it does, beside cheaper methods. What is trained and"
            + " measured is kept; the same command goes on where it was stopped.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  bin/bench truth --quick --out truth",
      "  nice bin/bench truth --out truth --seeds 1,2",
      "  nice bin/bench truth --out truth --networks camvid --camvid camvid"
    },
    mixinStandardHelpOptions = true)
public final class TruthBench implements Callable<Integer> {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the networks and figures.")
  private Path out = Path.of(".");

  @Option(names = "--quick", description = "A few small networks, in under five minutes.")
  private boolean quick;

  @Option(
      names = "--seeds",
      split = ",",
      defaultValue = "1",
      paramLabel = "SEED",
      description = "Seeds of pictures and trainings. Default: ${DEFAULT-VALUE}.")
  private List<Long> seeds = List.of();

  @Option(
      names = "--networks",
      split = ",",
      paramLabel = "NAME",
      description = "Only these: segnet, pix2pix, camvid (a SegNet of streets).")
  private List<Kind> kinds = List.of();

  @Option(
      names = "--camvid",
      paramLabel = "DIR",
      description =
          "CamVid, for the network of that name: train and val, each with images and labels.")
  private @Nullable Path camvid;

  @Option(
      names = "--metrics",
      split = ",",
      paramLabel = "NAME",
      description = "Only those whose names hold one of these.")
  private List<String> metrics = List.of();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Path folder = out.resolve(quick ? "quick" : "full").toAbsolutePath();
    Files.createDirectories(folder.resolve("rows"));
    List<Kind> wanted = wanted();
    List<Measure> measures =
        measures().stream()
            .filter(m -> metrics.isEmpty() || metrics.stream().anyMatch(m.name()::contains))
            .toList();
    if (measures.isEmpty()) {
      throw new UserError("--metrics: expected a part of a metric's name, found " + metrics);
    }
    PrintWriter print = spec.commandLine().getOut();
    List<Row> rows = new ArrayList<>();
    try (Workshop workshop = new Workshop(Path.of(System.getProperty("compnn.home", ".")))) {
      for (long seed : seeds) {
        for (Kind kind : wanted) {
          try (Session session = new Session(workshop, folder, kind, seed)) {
            for (Measure measure : measures) {
              if (measure.suits(kind)) {
                rows.addAll(session.rows(measure, print));
              }
            }
          }
        }
      }
    }
    String table = TruthTable.of(rows);
    WholeFile.write(folder.resolve("truth.md"), table);
    WholeFile.write(folder.resolve("truth.json"), JSON.writeValueAsBytes(rows));
    print.println(table);
    print.println(folder.resolve("truth.json"));
    print.flush();
    return 0;
  }

  private List<Kind> wanted() {
    if (camvid == null && kinds.contains(Kind.CAMVID)) {
      throw new UserError("--camvid: expected the folder of CamVid, found none");
    }
    if (!kinds.isEmpty()) {
      return kinds;
    }
    return quick
        ? List.of(Kind.SEGNET)
        : Arrays.stream(Kind.values()).filter(k -> k.generated() || camvid != null).toList();
  }

  private List<Measure> measures() {
    List<Measure> measures = new ArrayList<>();
    measures.add(new LeaveOneGroupOut());
    measures.add(new Diversity());
    measures.add(new DatamodelScore(quick ? 4 : 32));
    measures.add(quick ? new Removal(Unit.REGIONS, 5, 1, 2) : new Removal(Unit.REGIONS, 5, 4, 4));
    measures.add(new Mislabelling());
    measures.add(new Randomisation(false));
    measures.add(new Noise(quick ? 2 : 4));
    measures.add(new Tampered(true));
    measures.add(new Tampered(false));
    measures.add(new Subclass());
    measures.add(new Stability());
    if (!quick) {
      measures.add(new OfMistakes(new LeaveOneGroupOut()));
      measures.add(new OfMistakes(new DatamodelScore(32)));
      measures.add(new OfMistakes(new Randomisation(false)));
      measures.add(new Randomisation(true));
      measures.add(new Removal(Unit.PICTURES, 5, 4, 4));
      measures.add(new Removal(Unit.PICTURES, 2, 4, 4));
      measures.add(new Removal(Unit.PICTURES, 1, 4, 4));
      measures.add(new Removal(Unit.REGIONS, 2, 4, 4));
      measures.add(new Removal(Unit.REGIONS, 1, 4, 4));
    }
    return measures;
  }

  /** One network and one seed: what was measured before is read, and what they share is kept. */
  private final class Session implements AutoCloseable {
    private final Path folder;
    private final Kind kind;
    private final long seed;
    private final Workshop workshop;
    private Optional<Setup> setup = Optional.empty();

    Session(Workshop workshop, Path folder, Kind kind, long seed) {
      this.workshop = workshop;
      this.folder = folder;
      this.kind = kind;
      this.seed = seed;
    }

    List<Row> rows(Measure measure, PrintWriter print) throws IOException {
      Path kept =
          folder
              .resolve("rows")
              .resolve(
                  "%s-%d-%s.json"
                      .formatted(kind.label(), seed, measure.name().replaceAll("[^a-z0-9]+", "-")));
      if (Files.exists(kept)) {
        return JSON.readValue(Files.readAllBytes(kept), new TypeReference<List<Row>>() {});
      }
      long begun = System.nanoTime();
      List<Row> rows = measure.of(setup());
      WholeFile.write(kept, JSON.writeValueAsBytes(rows));
      print.println(
          String.format(
              Locale.ROOT,
              "%s, %s, seed %d: %.0f s",
              measure.name(),
              kind.label(),
              seed,
              (System.nanoTime() - begun) / 1e9));
      print.flush();
      return rows;
    }

    private Setup setup() throws IOException {
      if (setup.isEmpty()) {
        Trainer.Effort effort =
            quick
                ? Trainer.Effort.QUICK
                : kind.generated() ? Trainer.Effort.FULL : Trainer.Effort.STREETS;
        Trainer trainer = new Trainer(workshop, folder, effort);
        setup = Optional.of(Setup.of(kind, seed, street(effort.size()), trainer, !quick));
      }
      return setup.get();
    }

    private Street street(int size) throws IOException {
      int training = quick ? 48 : 96;
      int queries = quick ? 6 : 12;
      return camvid == null || kind.generated()
          ? Street.of(seed, size, training, queries)
          : Street.camvid(camvid, seed, size, training, queries);
    }

    @Override
    public void close() {
      setup.ifPresent(Setup::close);
    }
  }
}
