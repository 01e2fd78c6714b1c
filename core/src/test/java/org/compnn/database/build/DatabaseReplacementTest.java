package org.compnn.database.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.compnn.study.Colours.BLUE;
import static org.compnn.study.Colours.GREEN;
import static org.compnn.study.Colours.RED;
import static org.compnn.study.Colours.all;
import static org.compnn.study.Colours.at;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.compnn.CompNN;
import org.compnn.Index;
import org.compnn.database.CellStore;
import org.compnn.database.Database;
import org.compnn.database.Replaced;
import org.compnn.dataset.Pair;
import org.compnn.explain.Options;
import org.compnn.files.Checksum;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.network.NetworkOptions;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.search.Field;
import org.compnn.search.lists.ListIndexBuilder;
import org.compnn.study.Colours;
import org.compnn.threads.Workers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatabaseReplacementTest {
  private static final Picture RED_PICTURE = Colours.picture(Colours.red(200));
  private static final LabelMap CORRECTED = Colours.labels(all(RED, at(3, BLUE)));

  @TempDir private Path temporary;
  private Path folder;

  @BeforeEach
  void aDatabase() {
    Colours.labelled(
            temporary,
            Colours.pair("a", RED_PICTURE, Colours.labels(all(RED))),
            Colours.pair(
                "part/b c", Colours.picture(Colours.green(180)), Colours.labels(all(GREEN))),
            Colours.pair("d", Colours.picture(Colours.blue(90)), Colours.labels(all(BLUE))))
        .close();
    folder = temporary.resolve("colours.db");
  }

  private Replaced replace(Replacement... replacements) {
    return DatabaseReplacement.replace(folder, List.of(replacements), 2, Progress.NONE);
  }

  private static Replacement label(String id, LabelMap labels) {
    return Replacement.ofTarget(id, () -> labels);
  }

  private Map<String, String> files() throws IOException {
    Map<String, String> sums = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        sums.put(folder.relativize(file).toString(), Checksum.of(file));
      }
    }
    return sums;
  }

  private float learned(int exemplar, int pixel) {
    try (Database database = Database.open(folder)) {
      return database.learned(exemplar).orElseThrow().probability(pixel);
    }
  }

  private void isSound() {
    assertThat(Database.verify(folder, Progress.NONE)).isEmpty();
    assertThat(Index.leftovers(folder)).isEmpty();
  }

  @Test
  void aCorrectedLabelChangesTheLabelAloneAndHowWellItIsLearned() throws IOException {
    Map<String, String> before = files();
    float red = learned(0, 0);
    assertThat(replace(label("a", CORRECTED))).isEqualTo(new Replaced(0, 1, 0));

    isSound();
    try (Database database = Database.open(folder)) {
      assertThat(((LabelMap) database.target(0)).classes()).isEqualTo(CORRECTED.classes());
      assertThat(((LabelMap) database.target(1)).label(0, 0)).isEqualTo(GREEN);
      assertThat(((LabelMap) database.prediction(0)).label(0, 15)).isEqualTo(RED);
    }
    // Of a pixel whose label stayed, and of one that is now called what it is not.
    assertThat(learned(0, 0)).isEqualTo(red).isGreaterThan(0.5f);
    int changed =
        IntStream.range(0, CORRECTED.classes().length)
            .filter(i -> CORRECTED.classes()[i] == BLUE)
            .findFirst()
            .orElseThrow();
    assertThat(learned(0, changed)).isLessThan(0.5f);
    Map<String, String> after = files();
    assertThat(after.keySet())
        .contains("exemplars/target-00000.r1.npy")
        .doesNotContain("exemplars/target-00000.npy");
    before.remove("exemplars/target-00000.npy");
    before.remove("exemplars/learned-00000.npy");
    before.remove("database.json");
    assertThat(after).containsAllEntriesOf(before);
  }

  @Test
  void anotherPictureChangesAllThatIsMadeOfIt() {
    Picture green = Colours.picture(Colours.green(60));
    Pair pair = Colours.pair("a", green, Colours.labels(all(GREEN)));
    assertThat(replace(Replacement.ofPair(pair))).isEqualTo(new Replaced(1, 0, 0));

    isSound();
    try (CompNN compnn = CompNN.open(folder)) {
      Database database = compnn.database();
      assertThat(database.input(0).rgb()).isEqualTo(green.rgb());
      assertThat(((LabelMap) database.prediction(0)).label(0, 0)).isEqualTo(GREEN);
      assertThat(((LabelMap) database.prediction(2)).label(0, 0)).isEqualTo(BLUE);
      // A picture that was replaced is found as what it is now.
      Field field = compnn.run(green).explain(Options.defaults()).field();
      assertThat(field.exemplar()[0]).isZero();
      assertThat(field.distance()[0]).isZero();
    }
  }

  @Test
  void theSamePairsChangeNothing() throws IOException {
    Map<String, String> before = files();
    Pair same = Colours.pair("a", RED_PICTURE, Colours.labels(all(RED)));
    assertThat(replace(Replacement.ofPair(same), label("d", Colours.labels(all(BLUE)))))
        .isEqualTo(new Replaced(0, 0, 2));
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void aPairWithTheSamePictureChangesTheLabelAlone() {
    assertThat(replace(Replacement.ofPair(Colours.pair("a", RED_PICTURE, CORRECTED))))
        .isEqualTo(new Replaced(0, 1, 0));
  }

  @Test
  void anIdIsFoundByItsSafeNameToo() {
    assertThat(replace(label("part/b-c", CORRECTED))).isEqualTo(new Replaced(0, 1, 0));
    try (Database database = Database.open(folder)) {
      assertThat(((LabelMap) database.target(1)).classes()).isEqualTo(CORRECTED.classes());
    }
  }

  @Test
  void whatWasReplacedIsReplacedAgainAndAddedTo() {
    replace(label("a", CORRECTED));
    LabelMap again = Colours.labels(all(GREEN));
    replace(
        label("a", again),
        Replacement.ofPair(
            Colours.pair("d", Colours.picture(Colours.red(77)), Colours.labels(all(RED)))));
    Index.add(
        folder,
        Colours.dataset(
            Colours.pair("e", Colours.picture(Colours.blue(33)), Colours.labels(all(BLUE)))),
        1,
        1,
        Progress.NONE);
    replace(label("e", CORRECTED));

    isSound();
    try (Database database = Database.open(folder)) {
      assertThat(database.exemplars()).hasSize(4);
      assertThat(((LabelMap) database.target(0)).classes()).isEqualTo(again.classes());
      assertThat(database.input(2).rgb()[0] & 0xff).isEqualTo(77);
      assertThat(((LabelMap) database.target(3)).classes()).isEqualTo(CORRECTED.classes());
      database.network(NetworkOptions.defaults()).close();
    }
  }

  @Test
  void searchListsOfOtherCellsGo() {
    try (Database database = Database.open(folder);
        Workers workers = Workers.of(1)) {
      for (CellStore store : database.layers()) {
        ListIndexBuilder.build(database, store, 1, workers, Progress.NONE);
      }
    }
    replace(label("a", CORRECTED));
    try (Database database = Database.open(folder)) {
      assertThat(ListIndexBuilder.present(database, database.layers().getFirst(), 1)).isTrue();
    }
    replace(Replacement.ofPair(Colours.pair("a", Colours.picture(9), CORRECTED)));
    isSound();
    try (Database database = Database.open(folder)) {
      assertThat(ListIndexBuilder.present(database, database.layers().getFirst(), 1)).isFalse();
    }
  }

  @Test
  void whatIsBrokenOffLeavesTheDatabaseAsItWas() throws IOException {
    Map<String, String> before = files();
    AtomicInteger reads = new AtomicInteger();
    // Read once to see whether it changes, and again when the shards are half written.
    Replacement breaking =
        new Replacement(
            "d",
            () -> {
              if (reads.incrementAndGet() > 1) {
                throw new IllegalStateException("killed");
              }
              return Optional.of(CORRECTED);
            },
            Optional.empty());
    assertThatThrownBy(
            () ->
                replace(
                    Replacement.ofPair(
                        Colours.pair("a", Colours.picture(9), Colours.labels(all(GREEN)))),
                    label("part/b c", CORRECTED),
                    breaking))
        .hasMessageContaining("killed");

    assertThat(files()).containsAllEntriesOf(before);
    assertThat(Database.verify(folder, Progress.NONE)).isEmpty();
    assertThat(Index.leftovers(folder))
        .singleElement()
        .satisfies(p -> assertThat(p.what()).contains("left by a build that was broken off"));
    try (Database database = Database.open(folder)) {
      assertThat(database.input(0).rgb()).isEqualTo(RED_PICTURE.rgb());
    }
    Index.lists(folder, 1, 1, Progress.NONE);
    assertThat(files()).isEqualTo(before);
    assertThat(replace(label("d", CORRECTED))).isEqualTo(new Replaced(0, 1, 0));
    isSound();
  }

  @Test
  void picturesThatTheDatabaseHasNotAreNamed() throws IOException {
    Map<String, String> before = files();
    assertThatThrownBy(() -> replace(label("x", CORRECTED), label("y", CORRECTED)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("such as 'a', found 'x' and 1 others");
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void anotherKindOfTargetIsRefused() throws IOException {
    Map<String, String> before = files();
    assertThatThrownBy(() -> replace(Replacement.ofTarget("a", () -> RED_PICTURE)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("expected a label map as target");
    Index.lists(folder, 1, 1, Progress.NONE);
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void aDatabaseWithoutLabelsHasNoneToReplace() {
    Path other = temporary.resolve("other");
    Colours.labelled(other, Colours.pair("a", RED_PICTURE)).close();
    assertThatThrownBy(
            () ->
                DatabaseReplacement.replace(
                    other.resolve("colours.db"), List.of(label("a", CORRECTED)), 1, Progress.NONE))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("expected a database with original labels to replace");
  }
}
