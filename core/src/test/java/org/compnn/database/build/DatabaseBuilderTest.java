package org.compnn.database.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.compnn.database.Answered;
import org.compnn.database.CellStore;
import org.compnn.database.Database;
import org.compnn.database.Exemplar;
import org.compnn.database.IndexReport;
import org.compnn.database.OutputKind;
import org.compnn.database.Street;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.Pair;
import org.compnn.files.Checksum;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.Resample;
import org.compnn.image.Resize;
import org.compnn.measure.EvenSample;
import org.compnn.network.Activations;
import org.compnn.network.FeatureMap;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.network.Task;
import org.compnn.npy.ElementType;
import org.compnn.npy.NumPy;
import org.compnn.problem.NotEnoughMemory;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DatabaseBuilderTest {
  /** No number of the street network is larger. */
  private static final float PEAK = 10;

  @TempDir Path folder;

  private final Network network = Street.network();
  private final IndexSettings settings =
      IndexSettings.of(List.of("penultimate", "bottleneck"))
          .withThreads(3)
          .withExemplarsPerShard(4);

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void whatTheNetworkGivesIsWhatTheDatabaseHolds(ElementType elements) {
    Street street = Street.of(11);
    IndexReport report = build(street, settings.withElements(elements), folder);
    assertThat(report.exemplars()).isEqualTo(11);
    assertThat(report.resumed()).isZero();
    assertThat(report.skipped()).isEmpty();
    try (Database database = Database.open(folder)) {
      assertThat(database.exemplars())
          .extracting(Exemplar::id)
          .containsExactlyElementsOf(street.pairs().stream().map(p -> p.id()).toList());
      assertThat(database.exemplars().get(3).tags()).isEqualTo(street.pairs().get(3).tags());
      for (int i = 0; i < 11; i++) {
        Activations expected =
            network.run(
                street.pairs().get(i).input(),
                List.of(network.layer("penultimate"), network.layer("bottleneck")));
        assertThat(database.input(i).rgb()).isEqualTo(expected.input().rgb());
        assertThat(((LabelMap) database.prediction(i)).classes())
            .isEqualTo(((LabelMap) expected.prediction()).classes());
        for (int layer = 0; layer < 2; layer++) {
          compare(database.layers().get(layer), i, expected.layers().get(layer), elements);
        }
      }
    }
    assertThat(Database.verify(folder, Progress.NONE)).isEmpty();
  }

  private static void compare(
      CellStore store, int exemplar, FeatureMap expected, ElementType elements) {
    int channels = expected.channels();
    float[] read = new float[expected.cells().length];
    int half = store.layer().cells() / 2;
    store.read(exemplar, 0, half, read, 0);
    store.read(exemplar, half, store.layer().cells() - half, read, half * channels);
    assertThat(store.standardise(expected).cells())
        .as("a training picture matches itself at distance 0")
        .isEqualTo(read);
    store.restore(read);
    double squares = 0;
    for (int i = 0; i < read.length; i++) {
      double bound =
          switch (elements) {
            case FLOAT32 -> 1e-5;
            case FLOAT16 -> Math.abs(expected.cells()[i]) / 2048 + 1e-5;
            case INT8 -> 0.5 * PEAK / 127;
            case CODED -> 2 * store.deviation()[i % channels];
          };
      assertThat((double) read[i]).isCloseTo(expected.cells()[i], within(bound));
      squares += Math.pow((read[i] - expected.cells()[i]) / store.deviation()[i % channels], 2);
    }
    assertThat(squares / read.length).as("error of a deviation of 1").isLessThan(0.01);
  }

  @Test
  void theDatabaseIsTheSameWhateverTheNumberOfThreads() throws IOException {
    Street street = Street.of(9);
    build(street, settings.withThreads(1), folder.resolve("one"));
    build(street, settings.withThreads(4), folder.resolve("four"));
    assertThat(contents(folder.resolve("four"))).isEqualTo(contents(folder.resolve("one")));
  }

  @Test
  void aSampleIsHeardOfOnceAndChangesNothing() throws IOException {
    Street street = Street.of(14);
    build(street, settings, folder.resolve("unheard"));
    List<List<Answered>> heard = new ArrayList<>();
    for (int pictures : new int[] {5, 99}) {
      heard.clear();
      Path out = folder.resolve("heard-" + pictures);
      DatabaseBuilder.build(
          network,
          street.dataset(),
          settings,
          out,
          Progress.NONE,
          new Sampling(pictures, answers -> heard.add(answers)));
      assertThat(heard).hasSize(1);
      assertThat(contents(out)).isEqualTo(contents(folder.resolve("unheard")));
      List<Answered> answers = heard.getFirst();
      assertThat(answers).hasSize(Math.min(pictures, 14));
      for (int i = 0; i < answers.size(); i++) {
        Pair pair = street.pairs().get(EvenSample.place(i, answers.size(), 14));
        assertThat(answers.get(i).input().rgb()).isEqualTo(pair.input().rgb());
        assertThat(answers.get(i).target()).isPresent();
        assertThat(((LabelMap) answers.get(i).prediction()).classes())
            .isEqualTo(((LabelMap) network.run(pair.input(), List.of()).prediction()).classes());
      }
    }
  }

  @Test
  void whoHearsOfASampleMayEndTheBuild() {
    Sampling ending =
        new Sampling(
            3,
            _ -> {
              throw new UserError("enough");
            });
    assertThatThrownBy(
            () ->
                DatabaseBuilder.build(
                    network, Street.of(9).dataset(), settings, folder, Progress.NONE, ending))
        .isInstanceOf(UserError.class)
        .hasMessage("enough");
    assertThat(build(Street.of(9), settings, folder).exemplars()).isEqualTo(9);
  }

  @Test
  void aKilledBuildGoesOnFromItsLastWholeShardAndEndsTheSame() throws Exception {
    Street street = Street.of(14);
    build(street, settings, folder.resolve("whole"));
    Path killed = folder.resolve("killed");
    // Thirteen of fourteen exemplars are done when the machine is switched off: three shards of
    // four are whole.
    Street.buildAndDie(killed, 14, 13);
    assertThat(killed.resolve("build/shard-00002.json")).exists();
    assertThat(killed.resolve("build/shard-00003.json")).doesNotExist();
    assertThatThrownBy(() -> Database.open(killed))
        .isInstanceOf(UserError.class)
        .hasMessage(
            killed
                + ": expected a finished database, found an interrupted build; index again to"
                + " resume it");
    IndexReport report = build(street, settings, killed);
    assertThat(report.resumed()).isEqualTo(12);
    assertThat(report.exemplars()).isEqualTo(14);
    assertThat(contents(killed)).isEqualTo(contents(folder.resolve("whole")));
  }

  @Test
  void aShardDamagedBeforeTheBuildGoesOnIsMadeAgain() throws Exception {
    Path killed = folder.resolve("killed");
    Street.buildAndDie(killed, 14, 13);
    Path shard = killed.resolve("exemplars/input-00001.npy");
    byte[] bytes = Files.readAllBytes(shard);
    bytes[bytes.length - 5] ^= 1;
    Files.write(shard, bytes);
    assertThat(build(Street.of(14), settings, killed).resumed()).isEqualTo(4);
    assertThat(Database.verify(killed, Progress.NONE)).isEmpty();
  }

  @Test
  void aBuildOfSomethingElseIsNotGoneOnWith() throws Exception {
    Street.buildAndDie(folder, 14, 13);
    assertThatThrownBy(
            () -> build(Street.of(15), settings.withElements(ElementType.FLOAT32), folder))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(
            folder + ": expected this build, found an interrupted build of something else (")
        .hasMessageContaining("elements: was FLOAT16, now FLOAT32")
        .hasMessageContaining("training pairs: was 14, now 15")
        .hasMessageEndingWith("choose another folder, or start over");
    assertThat(
            build(Street.of(15), settings.withElements(ElementType.FLOAT32).withForce(true), folder)
                .exemplars())
        .isEqualTo(15);
    assertThat(Database.verify(folder, Progress.NONE)).isEmpty();
  }

  @Test
  void brokenPairsAreLeftOutWhereAskedAndCounted() throws IOException {
    Street street = Street.of(10).breaking(0, 5, 9);
    assertThatThrownBy(() -> build(street, settings, folder.resolve("strict")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("picture 0 is broken");
    Path lenient = folder.resolve("lenient");
    IndexReport report = build(street.skipping(), settings, lenient);
    assertThat(report.exemplars()).isEqualTo(7);
    assertThat(report.skipped()).hasSize(3);
    assertThat(report.skipped().get(1).why()).contains("picture 5 is broken");
    try (Database database = Database.open(lenient)) {
      assertThat(database.exemplars().get(4).id()).isEqualTo(street.pairs().get(6).id());
      assertThat(database.input(4).rgb())
          .isEqualTo(network.run(street.pairs().get(6).input(), List.of()).input().rgb());
    }
    assertThat(Database.verify(lenient, Progress.NONE)).isEmpty();
    assertThatThrownBy(
            () -> build(Street.of(2).breaking(0, 1).skipping(), settings, folder.resolve("none")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("at least one readable training pair");
  }

  @Test
  void aPairThatTheHeapIsTooSmallForIsNeverLeftOut() {
    Pair large =
        new Pair() {
          @Override
          public String id() {
            return "large";
          }

          @Override
          public List<String> tags() {
            return List.of();
          }

          @Override
          public Content read() {
            throw new NotEnoughMemory("large.png: expected memory", new OutOfMemoryError("heap"));
          }
        };
    Dataset dataset =
        new Dataset("one", List.of(Street.of(1).pairs().getFirst(), large), List.of(), true);
    assertThatThrownBy(
            () -> DatabaseBuilder.build(network, dataset, settings, folder, Progress.NONE))
        .isInstanceOf(NotEnoughMemory.class)
        .hasMessageMatching(
            "large.png: expected memory; found [0-9]+ MB of memory, give Java more");
  }

  @Test
  void numbersThatFloat16CannotHoldAreRefusedAndFloat32Taken() {
    try (Network loud = Street.network(NetworkOptions.defaults().withScale(1e5))) {
      assertThatThrownBy(
              () ->
                  DatabaseBuilder.build(
                      loud, Street.of(2).dataset(), settings, folder.resolve("16"), Progress.NONE))
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith("street/000: expected numbers up to 65504 (float16) at layer ")
          .hasMessageEndingWith("index with float32 elements");
      DatabaseBuilder.build(
          loud,
          Street.of(2).dataset(),
          settings.withElements(ElementType.FLOAT32),
          folder.resolve("32"),
          Progress.NONE);
    }
    assertThat(Database.verify(folder.resolve("32"), Progress.NONE)).isEmpty();
  }

  @Test
  void aNetworkThatPaintsHasPicturesAsTargetsAndPredictions() {
    Street street = Street.of(6).painted();
    try (Network painter =
        Street.network(NetworkOptions.defaults().withTask(Task.IMAGE).withRange(-5, 5))) {
      DatabaseBuilder.build(painter, street.dataset(), settings, folder, Progress.NONE);
      try (Database database = Database.open(folder)) {
        assertThat(database.outputKind()).isEqualTo(OutputKind.PICTURE);
        assertThat(database.palette()).isEmpty();
        Picture input = street.pairs().get(5).input();
        assertThat(((Picture) database.target(5)).rgb())
            .isEqualTo(Resize.picture(input, 32, 48, Resample.BILINEAR).rgb());
        assertThat(((Picture) database.prediction(5)).rgb())
            .isEqualTo(((Picture) painter.run(input, List.of()).prediction()).rgb());
      }
      assertThatThrownBy(
              () ->
                  DatabaseBuilder.build(
                      painter,
                      Street.of(2).dataset(),
                      settings,
                      folder.resolve("labels"),
                      Progress.NONE))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("expected a picture as target");
    }
    assertThatThrownBy(() -> build(street, settings, folder.resolve("pictures")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("expected a label map as target");
  }

  @Test
  void exemplarsWithoutTargetsMakeADatabaseWithoutThem() {
    build(Street.of(5).withoutTargets(), settings, folder);
    try (Database database = Database.open(folder)) {
      assertThat(database.hasTargets()).isFalse();
      assertThatThrownBy(() -> database.target(2))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("has no original label; paste the network's own predictions");
    }
    assertThat(folder.resolve("exemplars/target-00000.npy")).doesNotExist();
  }

  @Test
  void progressCountsExemplars() throws Exception {
    AtomicLong counted = new AtomicLong();
    List<String> begun = new ArrayList<>();
    Progress progress =
        (what, unit, total) -> {
          begun.add(what + " " + total + " " + unit);
          return new Progress.Task() {
            @Override
            public void advance(long units) {
              counted.addAndGet(units);
            }

            @Override
            public void close() {}
          };
        };
    Street.buildAndDie(folder, 14, 13);
    DatabaseBuilder.build(network, Street.of(14).dataset(), settings, folder, progress);
    assertThat(begun).containsExactly("indexing 14 pictures");
    assertThat(counted).hasValue(14);
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void numPyFindsTheSameNumbersAndStatistics(ElementType elements) throws Exception {
    build(Street.of(7), settings.withElements(elements), folder);
    try (Database database = Database.open(folder)) {
      CellStore store = database.cells("penultimate");
      float[] read = new float[store.layer().cells() * store.layer().channels()];
      store.read(5, 0, store.layer().cells(), read, 0);
      String sum =
          NumPy.run(
              """
              import json, glob, numpy, sys
              db = sys.argv[1]
              j = json.load(open(db + '/database.json'))
              layer = [l for l in j['layers'] if 'penultimate' in l['aliases']][0]
              shards = [numpy.load(f, mmap_mode='r') for f in sorted(glob.glob(db + '/' + layer['folder'] + '/cells-*.npy'))]
              cells = numpy.concatenate(shards).astype('f8')
              if j['elements'] == 'INT8':
                  cells *= numpy.load(db + '/' + layer['folder'] + '/scale.npy')
              if j['elements'] == 'CODED':
                  book = numpy.load(db + '/' + layer['folder'] + '/codebook.npy')
                  eights, fours = (book[2] == 8).sum(), (book[2] == 4).sum()
                  packed = numpy.concatenate(shards)
                  both = packed[..., eights:eights + -(-fours // 2)]
                  codes = numpy.concatenate([packed[..., :eights], both & 15, both >> 4 & 15], -1)[..., :eights + fours]
                  codes = numpy.pad(codes, [(0, 0)] * 3 + [(0, len(book[0]) - eights - fours)])
                  z = codes[5] * book[4] + book[3]
                  print(z.size, *z.reshape(-1)[::97])
                  sys.exit()
              flat = cells.reshape(-1, layer['channels'])
              mean = numpy.load(db + '/' + layer['folder'] + '/mean.npy')
              deviation = numpy.load(db + '/' + layer['folder'] + '/deviation.npy')
              assert numpy.allclose(flat.mean(0), mean, rtol=1e-5, atol=1e-6)
              std = flat.std(0)
              std[flat.min(0) == flat.max(0)] = 1
              assert numpy.allclose(std, deviation, rtol=1e-5)
              z = (cells[5] - mean) / deviation
              print(z.size, *z.reshape(-1)[::97])
              """,
              folder);
      String[] numbers = sum.split(" ", -1);
      assertThat(Integer.parseInt(numbers[0])).isEqualTo(read.length);
      for (int i = 1; i < numbers.length; i++) {
        assertThat((double) read[(i - 1) * 97])
            .isCloseTo(Double.parseDouble(numbers[i]), within(1e-5));
      }
    }
  }

  private IndexReport build(Street street, IndexSettings settings, Path out) {
    return DatabaseBuilder.build(network, street.dataset(), settings, out, Progress.NONE);
  }

  static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> contents = new HashMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(folder.relativize(file).toString(), Checksum.of(file));
      }
    }
    return contents;
  }
}
