package org.compnn.database.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.compnn.DatabaseSet;
import org.compnn.Index;
import org.compnn.database.CellStore;
import org.compnn.database.Database;
import org.compnn.database.Exemplar;
import org.compnn.database.Problem;
import org.compnn.database.Replaced;
import org.compnn.database.Sealed;
import org.compnn.database.Selection;
import org.compnn.database.SetFile;
import org.compnn.database.Street;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.Pair;
import org.compnn.files.FileTree;
import org.compnn.image.Picture;
import org.compnn.network.FeatureMap;
import org.compnn.network.Network;
import org.compnn.npy.ElementType;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.search.Distance;
import org.compnn.search.Field;
import org.compnn.search.SearchSettings;
import org.compnn.search.exact.ExactSearch;
import org.compnn.threads.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SetBuilderTest {
  private static final int ALL = 11;

  @TempDir private static Path shared;
  @TempDir private Path folder;

  private static Network network;
  private static Path one;
  private static Path three;

  @BeforeAll
  static void build() {
    network = Street.network();
    one = shared.resolve("one");
    three = shared.resolve("three");
    index(Street.of(ALL)).cells(one);
    assertThat(index(Street.of(ALL)).shards(3).cells(three).exemplars()).isEqualTo(ALL);
  }

  @AfterAll
  static void close() {
    network.close();
  }

  private static Index index(Street street) {
    return index(street.dataset());
  }

  private static Index index(Dataset dataset) {
    return Index.of(network, dataset).threads(2);
  }

  /** Some of a street's pairs. */
  private static Dataset part(int from, int to) {
    return new Dataset("part", Street.of(to).pairs().subList(from, to), List.of(), false);
  }

  /** A copy that a test may change. */
  private Path copied(Path from) throws IOException {
    Path to = folder.resolve("copy");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return to;
  }

  private static void assertTheSame(Path folder, Path other) {
    try (Database a = Database.open(folder);
        Database b = Database.open(other);
        Workers workers = Workers.of(2)) {
      assertThat(a.exemplars()).isEqualTo(b.exemplars());
      assertThat(a.elements()).isEqualTo(b.elements());
      assertThat(a.networkHash()).isEqualTo(b.networkHash());
      assertThat(a.palette()).isEqualTo(b.palette());
      assertThat(a.hasTargets()).isEqualTo(b.hasTargets());
      for (int i = 0; i < a.exemplars().size(); i++) {
        assertThat(a.input(i)).usingRecursiveComparison().isEqualTo(b.input(i));
        assertThat(a.target(i)).usingRecursiveComparison().isEqualTo(b.target(i));
        assertThat(a.prediction(i)).usingRecursiveComparison().isEqualTo(b.prediction(i));
        assertThat(a.frame(i)).isEqualTo(b.frame(i));
      }
      for (int l = 0; l < a.layers().size(); l++) {
        CellStore left = a.layers().get(l);
        CellStore right = b.layers().get(l);
        assertThat(left.mean()).containsExactly(right.mean());
        assertThat(left.deviation()).containsExactly(right.deviation());
        Field found = found(left, workers, Selection.all(a.exemplars().size()));
        Field expected = found(right, workers, Selection.all(a.exemplars().size()));
        assertThat(found.exemplar()).containsExactly(expected.exemplar());
        assertThat(found.row()).containsExactly(expected.row());
        assertThat(found.column()).containsExactly(expected.column());
        assertThat(found.distance()).containsExactly(expected.distance());
      }
    }
  }

  private static Field found(CellStore store, Workers workers, Selection selection) {
    FeatureMap query =
        network
            .run(Street.of(40).pairs().get(33).read().input(), List.of(store.layer()))
            .layers()
            .getFirst();
    return new ExactSearch(store, workers, Progress.NONE)
        .find(query, new SearchSettings(2, Distance.L2, 2, selection))
        .field();
  }

  @Test
  void aSetIsTheDatabaseOfAllItsShards() {
    assertTheSame(three, one);
    assertThat(Database.verify(three, Progress.NONE)).isEmpty();
    assertThat(Index.leftovers(three)).isEmpty();
    assertThat(index(Street.of(ALL)).shards(3).isIn(three)).isTrue();
    assertThat(index(Street.of(ALL)).shards(2).isIn(three)).isFalse();
    assertThat(index(Street.of(ALL)).shards(1).isIn(one)).isFalse();
    try (Database database = Database.open(three)) {
      assertThat(database.select(List.of("night"), List.of("lane=4")).indices())
          .containsExactly(0, 2, 6, 8, 10);
    }
    assertThat(DatabaseSet.of(three).shards())
        .extracting(DatabaseSet.Shard::name, DatabaseSet.Shard::exemplars)
        .containsExactly(tuple("shard-000", 3), tuple("shard-001", 4), tuple("shard-002", 4));
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void anyTypeIsStoredAlikeInShards(ElementType type) {
    index(Street.of(6)).elements(type).layers("bottleneck").cells(folder.resolve("one"));
    index(Street.of(6)).elements(type).layers("bottleneck").shards(4).cells(folder.resolve("four"));
    assertTheSame(folder.resolve("four"), folder.resolve("one"));
    assertThat(Database.verify(folder.resolve("four"), Progress.NONE)).isEmpty();
    assertThat(folder.resolve("four/shards/scales.json")).doesNotExist();
  }

  @Test
  void aMissingShardIsSaidAndCanBeLeftOut() throws IOException {
    Path set = copied(three);
    Path away = folder.resolve("away");
    Files.move(set.resolve("shards/shard-001"), away);
    assertThatThrownBy(() -> Database.open(set).close())
        .isInstanceOf(UserError.class)
        .hasMessage(
            "%s: expected shard shard-001 in %s, found no database there; bring it back, or leave"
                + " it out",
            set, set.resolve("shards/shard-001"));
    assertThat(Database.verify(set, Progress.NONE))
        .extracting(Problem::file)
        .containsExactly("shard-001");
    assertThat(Database.verify(set, List.of("shard-001"), Progress.NONE)).isEmpty();
    assertThat(DatabaseSet.of(set).shards().get(1).state()).isEqualTo(DatabaseSet.State.MISSING);
    try (Database whole = Database.open(three);
        Database database = Database.open(set, List.of("shard-001"))) {
      assertThat(database.exemplars())
          .extracting(Exemplar::id)
          .containsExactly(
              "street/000",
              "street/001",
              "street/002",
              "street/007",
              "street/008",
              "street/009",
              "street/010");
      assertThat(database.exemplars().get(3).index()).isEqualTo(3);
      assertThat(database.input(3).rgb()).isEqualTo(whole.input(7).rgb());
      assertThat(database.cells("penultimate").mean())
          .as("the statistics stay those of the set")
          .containsExactly(whole.cells("penultimate").mean());
      assertThat(database.seal()).isNotEqualTo(whole.seal());
    }
    assertThatThrownBy(() -> Database.open(set, List.of("shard-009")).close())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("expected the name of a shard (shard-000, shard-001, shard-002)");
    assertThatThrownBy(
            () -> Database.open(set, List.of("shard-000", "shard-001", "shard-002")).close())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("found all left out");
    assertThatThrownBy(() -> Database.open(one, List.of("shard-000")).close())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("expected a set");
  }

  @Test
  void whatWasChangedIsSaid() throws IOException {
    Path set = copied(three);
    Path description = set.resolve(SetFile.NAME);
    String text = Files.readString(description);
    Files.writeString(description, text.replace("\"exemplars\" : 3", "\"exemplars\" : 2"));
    assertThatThrownBy(() -> Database.open(set).close())
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(description + ": expected the checksum at its end");
    for (int at = 0; at < text.length(); at += 97) {
      byte[] bytes = Files.readAllBytes(three.resolve(SetFile.NAME));
      bytes[at] ^= 4;
      Files.write(description, bytes);
      assertThatThrownBy(() -> Database.open(set).close()).isInstanceOf(UserError.class);
    }
    Files.writeString(description, text);
    Path shard = set.resolve("shards/shard-002");
    index(part(7, 10)).force(true).cells(shard);
    assertThatThrownBy(() -> Database.open(set).close())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("expected shard shard-002 as it was when the set took it in");
    assertThat(DatabaseSet.of(set).shards().get(2).state()).isEqualTo(DatabaseSet.State.CHANGED);
    Path array = set.resolve("shards/shard-000/exemplars/input-00000.npy");
    byte[] bytes = Files.readAllBytes(array);
    bytes[bytes.length - 1] ^= 1;
    Files.write(array, bytes);
    assertThat(Database.verify(set, List.of("shard-002"), Progress.NONE))
        .extracting(Problem::file)
        .containsExactly("shard-000/exemplars/input-00000.npy");
  }

  @Test
  void aBuildThatWasBrokenOffIsNoSetAndGoesOn() {
    Street street = Street.of(ALL);
    assertThatThrownBy(() -> index(street.breaking(5)).shards(3).cells(folder.resolve("set")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("picture 5 is broken");
    assertThat(Database.isThere(folder.resolve("set"))).isFalse();
    assertThatThrownBy(() -> Database.open(folder.resolve("set")).close())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("found an interrupted build; index again to resume it");
    assertThat(index(street).shards(3).cells(folder.resolve("set")).resumed()).isEqualTo(3);
    assertTheSame(folder.resolve("set"), one);
    assertThatThrownBy(() -> index(street).shards(2).cells(folder.resolve("set")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("expected a new folder, found a set");
    index(street).shards(2).force(true).cells(folder.resolve("set"));
    assertTheSame(folder.resolve("set"), one);
    assertThat(folder.resolve("set/shards/shard-002")).doesNotExist();
  }

  @Test
  void aSampleIsOfTheWholeSet() {
    Street street = Street.of(5);
    List<Picture> heard = new ArrayList<>();
    index(street)
        .shards(5)
        .sample(2, answers -> answers.forEach(answer -> heard.add(answer.input())))
        .cells(folder.resolve("set"));
    assertThat(heard)
        .extracting(Picture::rgb)
        .containsExactly(street.pairs().get(0).input().rgb(), street.pairs().get(2).input().rgb());
  }

  @Test
  void aSetIsNotBegunWhereSomethingElseIs() throws IOException {
    Files.writeString(folder.resolve("thesis.tex"), "");
    assertThatThrownBy(() -> index(Street.of(4)).shards(2).cells(folder))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("found other files");
    assertThatThrownBy(() -> index(Street.of(4)).shards(5).cells(folder.resolve("set")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("ask for fewer shards");
    assertThatThrownBy(() -> index(Street.of(ALL + 1)).addCells(three))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("found a set of them; add a shard to it");
  }

  @Test
  void aSetGrowsAndShrinksByShards() throws IOException {
    Path set = folder.resolve("set");
    index(part(0, 4)).shards(2).cells(set);
    Map<String, Long> before = times(set.resolve("shards"));
    Path beside = folder.resolve("beside.db");
    index(part(4, 7)).cells(beside);
    assertThat(DatabaseSet.add(set, beside)).isEqualTo("beside.db");
    assertThat(DatabaseSet.add(set, part(2, ALL), 2, Progress.NONE).exemplars()).isEqualTo(4);
    assertThat(DatabaseSet.add(set, part(2, ALL), 2, Progress.NONE).exemplars()).isZero();
    assertThat(times(set.resolve("shards"))).containsAllEntriesOf(before);
    assertThat(Database.verify(set, Progress.NONE)).isEmpty();
    DatabaseSet now = DatabaseSet.of(set);
    assertThat(now.exemplars()).isEqualTo(ALL);
    assertThat(now.measured()).isEqualTo(4);
    assertThat(now.outgrown()).get().asString().contains("worked out from 4 pictures");
    DatabaseSet.restate(set);
    assertTheSame(set, one);
    assertThat(DatabaseSet.of(set).outgrown()).isEmpty();

    assertThatThrownBy(() -> DatabaseSet.add(set, beside))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("expected pictures that the set has not, found 'street/004' in both");
    DatabaseSet.remove(set, "shard-000");
    try (Database database = Database.open(set)) {
      assertThat(database.exemplars()).hasSize(ALL - 2);
      assertThat(database.exemplars().getFirst().id()).isEqualTo("street/002");
    }
    assertThat(Index.leftovers(set)).extracting(Problem::file).containsExactly("shards/shard-000");
    assertThatThrownBy(() -> DatabaseSet.remove(set, "shard-000"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("expected the name of a shard");
    DatabaseSet.add(set, set.resolve("shards/shard-000"));
    try (Database database = Database.open(set)) {
      assertThat(database.exemplars().getLast().id()).isEqualTo("street/001");
    }
    Files.createDirectories(folder.resolve("elsewhere"));
    Files.move(set, folder.resolve("elsewhere/set"));
    Files.move(beside, folder.resolve("elsewhere/beside.db"));
    Database.open(folder.resolve("elsewhere/set")).close();
  }

  private static Map<String, Long> times(Path tree) throws IOException {
    Map<String, Long> times = new HashMap<>();
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        times.put(tree.relativize(file).toString(), Files.getLastModifiedTime(file).toMillis());
      }
    }
    return times;
  }

  @Test
  void whatDoesNotFitIsNotTakenIn() {
    Path set = folder.resolve("set");
    index(part(0, 4)).layers("bottleneck").shards(2).cells(set);
    List<String> said = new ArrayList<>();
    Path wide = folder.resolve("wide.db");
    index(part(4, 5)).layers("bottleneck").elements(ElementType.FLOAT32).cells(wide);
    said.add(refused(set, wide));
    Path other = folder.resolve("other.db");
    index(part(4, 5)).layers("penultimate").cells(other);
    said.add(refused(set, other));
    said.add(refused(set, three));
    assertThat(said.get(0)).contains("expected cells of type FLOAT16 as in the set, found FLOAT32");
    assertThat(said.get(1)).contains("expected layer ").contains("as in the set, found ");
    assertThat(said.get(2)).contains("found a set");
    Path more = folder.resolve("more.db");
    index(part(4, 5)).cells(more);
    assertThat(DatabaseSet.add(set, more)).as("further layers do no harm").isEqualTo("more.db");
    try (Database database = Database.open(set)) {
      assertThat(database.layers()).hasSize(1);
      assertThat(database.exemplars()).hasSize(5);
    }
  }

  private static String refused(Path set, Path database) {
    try {
      DatabaseSet.add(set, database);
    } catch (UserError e) {
      return String.valueOf(e.getMessage());
    }
    throw new AssertionError(database + " was taken in");
  }

  @Test
  void databasesBecomeASetWhereTheyLie() {
    List<Path> shards = new ArrayList<>();
    for (int from : new int[] {0, 5, 9}) {
      Path place = folder.resolve("disk-" + from + "/part.db");
      index(part(from, from == 0 ? 5 : from == 5 ? 9 : ALL)).cells(place);
      shards.add(place);
    }
    Path set = folder.resolve("set");
    DatabaseSet.make(set, shards);
    assertTheSame(set, one);
    assertThat(DatabaseSet.of(set).shards())
        .extracting(DatabaseSet.Shard::name)
        .containsExactly("part.db", "part.db-2", "part.db-3");
    assertThatThrownBy(() -> DatabaseSet.make(set, shards))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("expected a folder without a database or a set");
    assertThatThrownBy(() -> DatabaseSet.make(folder.resolve("twice"), List.of(one, one)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("found 'street/000' in both");
    assertThat(Database.isThere(folder.resolve("twice"))).isFalse();
  }

  @Test
  void anAdditionThatWasBrokenOffLeavesTheSetAsItWasAndGoesOn() throws IOException {
    Path set = folder.resolve("set");
    index(part(0, 6)).shards(2).cells(set);
    String before = Files.readString(set.resolve(SetFile.NAME));
    Dataset broken =
        new Dataset("part", Street.of(ALL).breaking(9).pairs().subList(6, ALL), List.of(), false);
    assertThatThrownBy(() -> DatabaseSet.add(set, broken, 2, Progress.NONE))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("picture 9 is broken");
    assertThat(Files.readString(set.resolve(SetFile.NAME))).isEqualTo(before);
    assertThat(Database.verify(set, Progress.NONE)).isEmpty();
    assertThat(Index.leftovers(set)).extracting(Problem::file).containsExactly("shards/shard-002");
    assertThat(DatabaseSet.add(set, part(6, ALL), 2, Progress.NONE).exemplars()).isEqualTo(5);
    assertThat(DatabaseSet.of(set).shards()).hasSize(3);
    assertThat(Index.leftovers(set)).isEmpty();
    DatabaseSet.restate(set);
    assertTheSame(set, one);
  }

  @Test
  void exemplarsOfASetAreReplacedInTheirShards() throws IOException {
    Path set = copied(three);
    Path single = folder.resolve("single");
    index(Street.of(ALL)).cells(single);
    // The pairs of other numbers under the ids of these.
    List<Pair> others = new ArrayList<>();
    for (int number : new int[] {1, 8}) {
      Pair other = Street.of(40).pairs().get(number + 20);
      others.add(
          new Pair() {
            @Override
            public String id() {
              return "street/%03d".formatted(number);
            }

            @Override
            public List<String> tags() {
              return List.of();
            }

            @Override
            public Content read() {
              return other.read();
            }
          });
    }
    Dataset replaced = new Dataset("others", others, List.of(), false);
    assertThat(Index.replace(set, replaced, 2, Progress.NONE)).isEqualTo(new Replaced(2, 0, 0));
    Index.replace(single, replaced, 2, Progress.NONE);
    assertTheSame(set, single);
    assertThat(Database.verify(set, Progress.NONE)).isEmpty();
    assertThat(Index.replace(set, replaced, 2, Progress.NONE)).isEqualTo(new Replaced(0, 0, 2));
    // Broken off behind a shard.
    Files.writeString(set.resolve("shards/replacing.txt"), "shard-000\n");
    DatabaseReplacement.replace(
        set.resolve("shards/shard-000"),
        List.of(Replacement.ofPair(Street.of(2).pairs().get(1))),
        1,
        Progress.NONE);
    assertThatThrownBy(() -> Database.open(set).close())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("since their replacement was broken off; replace them again");
    assertThat(Index.replace(set, replaced, 2, Progress.NONE)).isEqualTo(new Replaced(1, 0, 1));
    assertTheSame(set, single);
    assertThat(set.resolve("shards/replacing.txt")).doesNotExist();
  }

  @Test
  void sumsAreReadFromCellsWhereADatabaseIsOlderThanThey() throws IOException {
    try (Database database = Database.open(one)) {
      for (CellStore store : database.layers()) {
        String layer = store.layer().name();
        Path sums = database.annexFolder(store, "sums.json");
        ChannelSums noted = LayerSums.of(one, layer);
        Path copy = copied(one);
        Path there = copy.resolve(one.relativize(sums));
        String description = Files.readString(copy.resolve("database.json"));
        int at = description.indexOf(one.relativize(sums).toString());
        int from = description.lastIndexOf('{', at);
        int to = description.indexOf('}', at);
        Files.writeString(
            copy.resolve("database.json"),
            Sealed.again(
                description.substring(0, from)
                    + description.substring(description.indexOf('{', to))));
        Files.delete(there);
        assertThat(LayerSums.of(copy, layer)).isEqualTo(noted);
        FileTree.remove(copy);
      }
    }
  }
}
