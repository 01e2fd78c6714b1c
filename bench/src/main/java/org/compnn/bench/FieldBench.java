package org.compnn.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.compnn.bench.field.FieldRuns;
import org.compnn.bench.field.Limits;
import org.compnn.problem.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The field search against other libraries' approximate searches, or at all of its qualities. */
@Command(
    name = "field",
    description = {
      "Measure the field search on named cases against FAISS, JVector, Lucene and PatchMatch on the"
          + " same hyperpatches. With DB and PICTURES: the field search alone, on any database.",
      "Databases and indexes are kept in --work; delete it to start over."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bin/bench field --cases camvid-quick",
      "  bin/bench field --cases camvid-p2@all,facades-p2 --json field.json",
      "  bin/bench field --cases facades-128-p1@all --peers none --threads 2",
      "  bin/bench field camvid.db camvid/val/images --hyperpatch 2 --check 50"
    },
    mixinStandardHelpOptions = true)
final class FieldBench implements Callable<Integer> {
  /** Where a checkout lies; its neighbour "shared" holds data sets and networks. */
  private static final Path HOME = Path.of(System.getProperty("compnn.home", ""));

  private static final double GB = 1e9;

  @Mixin private final Qualities qualities = new Qualities();

  @Option(
      names = "--cases",
      split = ",",
      description =
          "Cases to run: camvid-quick, camvid-p1, facades-p1 (64 channels), facades-128-p1,"
              + " facades-256-p1, facades-512-p1, segformer-768-p1, each with p2 and p3 as well,"
              + " camvid-bottleneck. CASE@1/8 or CASE@4 runs it at that share of the exemplars,"
              + " CASE@all at every share. Default: ${DEFAULT-VALUE}.")
  private List<String> cases = List.of("camvid-quick");

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also write the figures to this file.")
  private @Nullable Path json;

  @Option(
      names = "--inputs",
      paramLabel = "DIR",
      description = "Folder with data/ and models/. Default: shared, beside the checkout.")
  private Path inputs = HOME.resolve("../shared").normalize();

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description =
          "Folder kept between runs; tens of GB for all cases. Default: bench/target/field.")
  private Path work = HOME.resolve("bench/target/field");

  @Option(names = "--prepare", description = "Build what the cases need, measure nothing.")
  private boolean prepare;

  @Option(
      names = "--peers",
      split = ",",
      description = "Only peers whose names begin so, or none. Default: all.")
  private List<String> peers = List.of();

  @Option(
      names = "--peer-limit",
      paramLabel = "S",
      description =
          "Time limit for building a peer's index, in seconds. Default: ${DEFAULT-VALUE}.")
  private double peerLimit = 900;

  @Option(
      names = "--peer-memory",
      paramLabel = "GB",
      description = "Memory limit for a peer's vectors. Default: ${DEFAULT-VALUE}.")
  private double peerMemory = 6;

  @Option(
      names = "--patience",
      paramLabel = "S",
      description =
          "Time limit for a peer's run over all pictures, in seconds; slower peers search only part"
              + " of the cells. Default: ${DEFAULT-VALUE}.")
  private double patience = 6;

  @Option(names = "--python", description = "Python with FAISS. Default: ${DEFAULT-VALUE}.")
  private String python = "/usr/bin/python3";

  @Option(
      names = "--repeats",
      description = "Runs, of which the best counts. Default: ${DEFAULT-VALUE}.")
  private int repeats = 2;

  @Option(
      names = "--threads",
      split = ",",
      description = "Thread counts to measure. Default: ${DEFAULT-VALUE}.")
  private List<Integer> threads = List.of(1, 2);

  @Spec private CommandSpec spec = CommandSpec.create();

  /** What is written as JSON. */
  private record Report(
      Machine machine, List<MachineLimits> limits, List<FieldRuns.Outcome> cases) {}

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (repeats < 1 || threads.stream().anyMatch(t -> t < 1)) {
      throw new UserError("--repeats, --threads: expected 1 or more, found less");
    }
    Machine machine = Machine.here();
    out.println(machine);
    List<MachineLimits> machineLimits =
        MachineLimits.measure(threads.stream().mapToInt(Integer::intValue).toArray());
    machineLimits.forEach(limit -> out.println(limit.line()));
    if (qualities.wanted()) {
      qualities.run(threads, repeats, out);
      return 0;
    }
    Limits limits =
        new Limits(
            inputs,
            work.toAbsolutePath(),
            python,
            threads,
            repeats,
            peerLimit,
            peerMemory * GB,
            patience,
            prepare,
            peers,
            Machine::steersBlas);
    List<FieldRuns.Outcome> outcomes =
        FieldRuns.run(cases, limits, out, spec.commandLine().getErr());
    if (json != null) {
      Files.writeString(
          json,
          JsonMapper.builder()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .build()
              .writeValueAsString(new Report(machine, machineLimits, outcomes)));
    }
    return 0;
  }
}
