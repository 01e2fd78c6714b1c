package org.compnn.search.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.compnn.Index;
import org.compnn.database.Annex;
import org.compnn.database.CellStore;
import org.compnn.database.Database;
import org.compnn.database.Sealed;
import org.compnn.database.build.AnnexDraft;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.threads.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class ListIndexBuilderTest {
  private static final int EXEMPLARS = IndexedBlobs.EXEMPLARS;

  @TempDir private static Path folder;

  private static IndexedBlobs blobs;
  private static Database database;
  private static CellStore store;

  @BeforeAll
  static void indexPicturesWithBlobs() throws IOException {
    blobs = IndexedBlobs.in(folder, 1);
    database = blobs.database();
    store = blobs.store();
  }

  @AfterAll
  static void close() {
    blobs.close();
  }

  @Test
  void aBrokenListIsNamedByVerifying() throws IOException {
    Path copy = copied("copy");
    assertThat(Database.verify(copy, Progress.NONE)).isEmpty();
    Path codes;
    try (var files = Files.walk(copy)) {
      codes = files.filter(f -> f.endsWith("codes.npy")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(codes);
    bytes[bytes.length / 2] ^= 1;
    Files.write(codes, bytes);
    assertThat(Database.verify(copy, Progress.NONE))
        .singleElement()
        .satisfies(problem -> assertThat(problem.file()).endsWith("/codes.npy"));
  }

  @Test
  void anUnfinishedListIsNoListAndIsBuiltAnew() throws IOException {
    Path part =
        database.folder().resolve("layers").resolve(firstLayerFolder()).resolve("lists-p3.part");
    Files.createDirectories(part);
    Files.writeString(part.resolve("codes.tmp"), "left over");
    assertThat(ListIndexBuilder.present(database, store, 3)).isFalse();
    ListIndexBuilder.build(database, store, 3, Workers.of(2), Progress.NONE);
    assertThat(ListIndexBuilder.present(database, store, 3)).isTrue();
    assertThat(part).doesNotExist();
  }

  @Test
  void aListPassThatWasBrokenOffGoesOnWhereItWasAndMakesTheSame() throws IOException {
    Path copy = copied("broken-off");
    try (Database there = Database.open(copy)) {
      CellStore cells = there.layers().getFirst();
      ListIndexBuilder.build(there, cells, 3, Workers.of(2), Progress.NONE);
    }
    Path lists = listsOf(copy, 3);
    Map<String, byte[]> expected = contents(lists);
    try (var files = Files.list(lists)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(lists);
    try (Database there = Database.open(copy)) {
      CellStore cells = there.layers().getFirst();
      assertThatThrownBy(
              () ->
                  ListIndexBuilder.build(
                      there, cells, 3, Workers.of(2), new Broken(20, EXEMPLARS), 8))
          .isInstanceOf(CancellationException.class);
      assertThat(ListIndexBuilder.present(there, cells, 3)).isFalse();
      // What was noted is not done again: 16 at once, then the others one by one.
      Broken atTheEnd = new Broken(8, 16);
      assertThatThrownBy(() -> ListIndexBuilder.build(there, cells, 3, Workers.of(1), atTheEnd, 8))
          .isInstanceOf(CancellationException.class);
      assertThat(atTheEnd.steps.getFirst()).isEqualTo(16);
      assertThat(ListIndexBuilder.present(there, cells, 3)).isFalse();
      Broken whole = new Broken(Integer.MAX_VALUE, Integer.MAX_VALUE);
      ListIndexBuilder.build(there, cells, 3, Workers.of(2), whole, 8);
      assertThat(whole.steps.stream().mapToLong(Long::longValue).sum()).isEqualTo(EXEMPLARS);
      assertThat(ListIndexBuilder.present(there, cells, 3)).isTrue();
    }
    assertThat(contents(lists)).containsExactlyInAnyOrderEntriesOf(expected);
    assertThat(lists.resolveSibling("lists-p3.part")).doesNotExist();
    assertThat(Database.verify(copy, Progress.NONE)).isEmpty();
  }

  @Test
  void theListsAreTheSameForAnyNumberOfThreads() throws IOException {
    Path copy = copied("threads");
    Path lists = listsOf(copy, 1);
    Map<String, byte[]> expected = contents(lists);
    for (int threads : new int[] {1, 5}) {
      try (Database there = Database.open(copy);
          Workers workers = Workers.of(threads)) {
        ListIndexBuilder.build(there, there.layers().getFirst(), 1, workers, Progress.NONE);
      }
      assertThat(contents(lists)).containsExactlyInAnyOrderEntriesOf(expected);
    }
  }

  @Test
  void listsOfAnEarlierVersionAreNamedAndMadeAnewByIndexing() throws IOException {
    Path copy = copied("outdated");
    Path lists = listsOf(copy, 1);
    Files.delete(lists.resolve("radii.npy"));
    Path description = lists.resolve("annex.json");
    Files.writeString(
        description,
        Sealed.again(
            Files.readString(description)
                .replaceAll("\\{\\s*\"path\" : \"radii.npy\",[^}]*}\\s*,?", "")));
    try (Database there = Database.open(copy)) {
      CellStore cells = there.layers().getFirst();
      assertThatThrownBy(() -> ListIndex.open(there, cells, 1))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("earlier version")
          .hasMessageContaining("index again for hyperpatches of 1");
      assertThat(ListIndexBuilder.present(there, cells, 1)).isFalse();
      ListIndexBuilder.build(there, cells, 1, Workers.of(2), Progress.NONE);
      assertThat(ListIndexBuilder.present(there, cells, 1)).isTrue();
    }
    assertThat(Database.verify(copy, Progress.NONE)).isEmpty();
  }

  @Test
  void aDescriptionOfListsWithAnyByteChangedIsNotOpened() throws IOException {
    Path copy = copied("changed");
    Path description = listsOf(copy, 1).resolve("annex.json");
    byte[] whole = Files.readAllBytes(description);
    try (Database there = Database.open(copy)) {
      CellStore cells = there.layers().getFirst();
      for (int at = 0; at < whole.length; at++) {
        byte[] damaged = whole.clone();
        damaged[at] ^= (byte) (1 << at % 8);
        Files.write(description, damaged);
        assertThatThrownBy(() -> ListIndex.open(there, cells, 1))
            .as("byte %d", at)
            .isInstanceOf(UserError.class)
            .hasMessageStartingWith(description + ": expected ");
      }
    }
    assertThat(Database.verify(copy, Progress.NONE))
        .singleElement()
        .satisfies(problem -> assertThat(problem.file()).endsWith("lists-p1/annex.json"));
  }

  @Test
  void listsThatWereNotSealedAreSearchedNamedByVerifyingAndSealedByIndexing() throws IOException {
    Path copy = copied("unsealed");
    Path description = listsOf(copy, 1).resolve("annex.json");
    String sealed = Files.readString(description);
    Annex.Description before = Annex.read(listsOf(copy, 1));
    Files.writeString(
        description, Sealed.not(sealed.replace("\"version\" : 2", "\"version\" : 1")));
    assertThat(Database.verify(copy, Progress.NONE))
        .singleElement()
        .satisfies(problem -> assertThat(problem.what()).contains("index again to add it"));
    try (Database there = Database.open(copy)) {
      CellStore cells = there.layers().getFirst();
      assertThat(ListIndex.open(there, cells, 1)).isPresent();
      Index.prepare(there, 1, 1, Progress.NONE);
    }
    Annex.Description after = Annex.read(listsOf(copy, 1));
    assertThat(after.sealed()).isTrue();
    assertThat(after.numbers()).containsAllEntriesOf(before.numbers());
    assertThat(after.files()).isEqualTo(before.files());
    assertThat(Database.verify(copy, Progress.NONE)).isEmpty();
  }

  @Test
  void aDraftWithAnyByteOfItsNoteChangedBeginsAnew() throws IOException {
    Path copy = copied("draft");
    try (Database there = Database.open(copy)) {
      CellStore cells = there.layers().getFirst();
      Broken early = new Broken(20, EXEMPLARS);
      assertThatThrownBy(() -> ListIndexBuilder.build(there, cells, 2, Workers.of(2), early, 8))
          .isInstanceOf(CancellationException.class);
      Path draft = listsOf(copy, 2).resolveSibling("lists-p2.part");
      Path note = draft.resolve("draft.json");
      byte[] whole = Files.readAllBytes(note);
      for (int at = 0; at < whole.length; at++) {
        byte[] damaged = whole.clone();
        damaged[at] ^= (byte) (1 << at % 8);
        Files.write(note, damaged);
        assertThat(AnnexDraft.isNoted(draft)).as("byte %d", at).isFalse();
      }
      Files.write(note, whole);
      assertThat(AnnexDraft.isNoted(draft)).isTrue();
    }
  }

  @Test
  void listsThatLackTheirDescriptionAreNamedByVerifying() throws IOException {
    Path copy = copied("undescribed");
    Files.delete(listsOf(copy, 1).resolve("annex.json"));
    assertThat(Database.verify(copy, Progress.NONE))
        .singleElement()
        .satisfies(problem -> assertThat(problem.file()).endsWith("lists-p1/annex.json"))
        .satisfies(problem -> assertThat(problem.what()).startsWith("missing"));
  }

  @Test
  void listsThatWereBeingReplacedWhenAllEndedComeBack() throws IOException {
    Path copy = copied("swapped");
    Path lists = listsOf(copy, 1);
    Map<String, byte[]> expected = contents(lists);
    Annex.Description description = Annex.read(lists);
    Path outgoing = Files.move(lists, lists.resolveSibling("lists-p1.old"));
    assertThat(Index.leftovers(copy))
        .singleElement()
        .satisfies(left -> assertThat(left.file()).endsWith("lists-p1.old"));
    Index.lists(copy, 1, 1, Progress.NONE);
    Map<String, byte[]> found = contents(lists);
    // What the search needs is measured now, and noted in their description beside what was there.
    assertThat(Annex.read(lists).numbers()).containsAllEntriesOf(description.numbers());
    assertThat(Annex.read(lists).files()).isEqualTo(description.files());
    expected.remove(Annex.FILE);
    found.remove(Annex.FILE);
    assertThat(found).containsExactlyInAnyOrderEntriesOf(expected);
    assertThat(outgoing).doesNotExist();
    assertThat(Index.leftovers(copy)).isEmpty();
  }

  @Test
  void theLockOfABuildThatWasKilledAtItsVeryEndIsRemoved() throws IOException {
    Path copy = copied("locked");
    Path lock = Files.writeString(copy.resolve("index.lock"), "1\n");
    assertThat(Index.isUnderWay(copy)).isFalse();
    Index.lists(copy, 1, 1, Progress.NONE);
    assertThat(lock).doesNotExist();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aFileThatMayNotGrowEndsTheListPassWithOneLineAndItGoesOnLater() throws Exception {
    Path copy = copied("limited");
    for (int kilobytes : new int[] {16, 64, 256}) {
      Process process =
          new ProcessBuilder(
                  "bash",
                  "-c",
                  "ulimit -f " + kilobytes + "; exec \"$@\"",
                  "bash",
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:-UsePerfData",
                  "--add-modules=jdk.incubator.vector",
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  ListsWithinLimit.class.getName(),
                  copy.toString())
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as("%d kB: %s", kilobytes, said).isEqualTo(3);
      assertThat(said.strip())
          .contains("cannot be written (")
          .contains("File too large")
          .doesNotContain("\n");
    }
    try (Database there = Database.open(copy)) {
      ListIndexBuilder.build(there, there.layers().getFirst(), 2, Workers.of(2), Progress.NONE);
    }
    assertThat(Database.verify(copy, Progress.NONE)).isEmpty();
  }

  /** Notes the steps that a task takes and breaks it off after some, or after some units. */
  private static final class Broken implements Progress {
    private final List<Long> steps = new CopyOnWriteArrayList<>();
    private final int most;
    private final long units;

    Broken(int most, long units) {
      this.most = most;
      this.units = units;
    }

    @Override
    public Task begin(String what, String unit, long total) {
      return new Task() {
        @Override
        public void advance(long count) {
          steps.add(count);
          if (steps.size() > most || steps.stream().mapToLong(Long::longValue).sum() > units) {
            throw new CancellationException("pulled the plug");
          }
        }

        @Override
        public void close() {}
      };
    }
  }

  private static Map<String, byte[]> contents(Path lists) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    try (var files = Files.list(lists)) {
      for (Path file : files.toList()) {
        contents.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return contents;
  }

  private static Path listsOf(Path db, int p) throws IOException {
    return db.resolve("layers").resolve(firstLayerFolder()).resolve("lists-p" + p);
  }

  private static Path copied(String name) throws IOException {
    Path copy = folder.resolve(name);
    try (var files = Files.walk(database.folder())) {
      for (Path file : files.toList()) {
        Path to = copy.resolve(database.folder().relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to);
        }
      }
    }
    return copy;
  }

  private static String firstLayerFolder() throws IOException {
    try (var folders = Files.list(database.folder().resolve("layers"))) {
      return folders.findFirst().orElseThrow().getFileName().toString();
    }
  }
}
