package org.compnn.database.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.compnn.Index;
import org.compnn.database.Database;
import org.compnn.database.IndexReport;
import org.compnn.database.Street;
import org.compnn.network.Network;
import org.compnn.npy.ElementType;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a build takes for its own, and what it leaves alone. */
final class BuildFolderTest {
  @TempDir Path folder;

  private final Network network = Street.network();
  private final IndexSettings settings =
      IndexSettings.of(List.of("penultimate", "bottleneck"))
          .withThreads(2)
          .withExemplarsPerShard(4);

  @Test
  void aFolderWithSomethingInItIsLeftAlone() throws IOException {
    Path database = folder.resolve("db");
    build(settings, database);
    assertThatThrownBy(() -> build(settings, database))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("expected a new folder, found a database");
    build(settings.withForce(true), database);
    Path foreign = Files.createDirectories(folder.resolve("photos"));
    Files.writeString(foreign.resolve("holiday.txt"), "sun");
    refused(foreign, foreign + ": expected a new or empty folder, found one with other files");
    assertThatThrownBy(() -> build(settings, foreign.resolve("holiday.txt")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("expected a folder, found a file");
  }

  @Test
  void aProjectWithABuildFolderIsLeftAlone() throws IOException {
    Files.createDirectories(folder.resolve("build/classes"));
    Files.writeString(folder.resolve("build/classes/Main.class"), "theirs");
    refused(folder, folder + ": expected a new or empty folder, found one with other files");
    Files.writeString(folder.resolve("build/plan.json"), "{\"format\" : \"1\"}");
    refused(folder, "plan.json: expected the plan of a build, found a damaged file or another");
    Files.delete(folder.resolve("build/plan.json"));
    Files.createDirectories(folder.resolve("layers/old"));
    Files.writeString(folder.resolve("layers/old/cells-00000.npy"), "theirs");
    refused(folder, folder + ": expected a new or empty folder, found one with other files");
  }

  @Test
  void foreignFilesAmongThoseOfADatabaseAreNeitherReplacedNorRemoved() throws IOException {
    build(settings, folder);
    for (String path :
        List.of(
            "layers/notes.txt",
            "layers/other/cells-00000.npy",
            "network/README.md",
            "exemplars/input-00000.png",
            "build/target.txt")) {
      Path file = folder.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "theirs");
      Map<String, String> before = DatabaseBuilderTest.contents(folder);
      assertThatThrownBy(() -> build(settings.withForce(true), folder))
          .isInstanceOf(UserError.class)
          .hasMessage(
              file
                  + ": expected files of the database alone, found another; move it, or choose"
                  + " another folder");
      assertThatThrownBy(
              () -> DatabaseExtension.add(folder, Street.of(12).dataset(), 2, Progress.NONE))
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith(file + ": expected files of the database alone");
      Index.lists(folder, 1, 1, Progress.NONE);
      assertThat(DatabaseBuilderTest.contents(folder)).isEqualTo(before);
      Files.delete(file);
    }
    Files.writeString(folder.resolve("notes.txt"), "theirs");
    build(settings.withForce(true), folder);
    assertThat(folder.resolve("notes.txt")).hasContent("theirs");
    assertThat(Database.verify(folder, Progress.NONE)).isEmpty();
  }

  @Test
  void aDamagedDatabaseIsNotReplacedSinceNobodyKnowsWhatIsItsOwn() throws IOException {
    build(settings, folder);
    Path description = folder.resolve("database.json");
    Files.writeString(
        description, Files.readString(description).replace("street/003", "street/103"));
    Map<String, String> before = DatabaseBuilderTest.contents(folder);
    assertThatThrownBy(() -> build(settings.withForce(true), folder))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(
            "the file was changed; copy the database again, or delete its folder");
    assertThat(DatabaseBuilderTest.contents(folder)).isEqualTo(before);
  }

  @Test
  void whatTakesTheFoldersOfADatabaseByALinkIsLeftAlone(@TempDir Path elsewhere)
      throws IOException {
    Files.writeString(elsewhere.resolve("plan.json"), "theirs");
    Files.createSymbolicLink(folder.resolve("build"), elsewhere);
    refused(folder, "");
    assertThat(elsewhere.resolve("plan.json")).hasContent("theirs");
  }

  @Test
  void aBuildThatEndedBeforeItsPlanWasWrittenIsBegunAnew() throws IOException {
    Files.createDirectories(folder.resolve("build"));
    Files.writeString(folder.resolve("build/plan.json.part"), "{");
    Files.writeString(folder.resolve("index.lock"), "");
    assertThat(build(settings, folder).exemplars()).isEqualTo(9);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("database.json", "exemplars", "layers", "network");
    }
  }

  @Test
  void whatIsReplacedLeavesNothingBehind() throws IOException {
    build(settings.withElements(ElementType.INT8), folder.resolve("whole"));
    Path replaced = folder.resolve("replaced");
    DatabaseBuilder.build(
        network,
        Street.of(20).dataset(),
        IndexSettings.of(List.of("all")).withExemplarsPerShard(3),
        replaced,
        Progress.NONE);
    build(settings.withElements(ElementType.INT8).withForce(true), replaced);
    assertThat(DatabaseBuilderTest.contents(replaced))
        .isEqualTo(DatabaseBuilderTest.contents(folder.resolve("whole")));
  }

  @Test
  void whatABuildLeftThatEndedAfterItsDatabaseWasSealedIsNamedAndRemoved() throws Exception {
    Street.buildAndDie(folder, 14, 13);
    Path aside = folder.resolveSibling(folder.getFileName() + "-state");
    Files.move(folder.resolve("build"), Files.createDirectories(aside).resolve("build"));
    Path state = aside.resolve("build");
    Street.buildAndDie(folder.resolve("other"), 14, 13);
    DatabaseBuilder.build(
        network, Street.of(14).dataset(), settings, folder.resolve("other"), Progress.NONE);
    Path database = folder.resolve("other");
    Map<String, String> whole = DatabaseBuilderTest.contents(database);
    Files.move(state, database.resolve("build"));
    Files.writeString(database.resolve("exemplars/input-00009.npy.part"), "begun");
    assertThat(Database.verify(database, Progress.NONE)).isEmpty();
    assertThat(Index.leftovers(database))
        .singleElement()
        .satisfies(left -> assertThat(left.file()).isEqualTo("build"))
        .satisfies(left -> assertThat(left.what()).contains("index again to remove it"));
    Index.lists(database, 1, 1, Progress.NONE);
    assertThat(DatabaseBuilderTest.contents(database)).isEqualTo(whole);
    assertThat(database.resolve("build")).doesNotExist();
    assertThat(Index.leftovers(database)).isEmpty();
  }

  @Test
  void aPlanWithAByteChangedIsNoPlanAndAChangedRecordIsNoShard() throws Exception {
    Street.buildAndDie(folder, 14, 13);
    BuildState state = new BuildState(folder);
    assertThat(state.shards()).hasSize(3);
    Path plan = folder.resolve("build/plan.json");
    bytesChanged(
        plan,
        at ->
            assertThatThrownBy(state::plan)
                .as("byte %d", at)
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(plan + ": expected the plan of a build"));
    bytesChanged(
        folder.resolve("build/shard-00000.json"),
        at -> assertThat(state.shards()).as("byte %d", at).isEmpty());
    assertThat(state.shards()).hasSize(3);
  }

  private interface Check {
    void at(int place) throws Exception;
  }

  private static void bytesChanged(Path file, Check check) throws Exception {
    byte[] whole = Files.readAllBytes(file);
    // All eight bits in turn.
    for (int at = 0; at < whole.length; at += 11) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (1 << at % 8);
      Files.write(file, damaged);
      check.at(at);
    }
    Files.write(file, whole);
  }

  @Test
  void aSecondBuildInAFolderNamesTheProcessOfTheFirst() throws Exception {
    Files.createDirectories(folder);
    try (BuildLock _ = BuildLock.take(folder)) {
      try (BuildLock _ = BuildLock.take(folder)) {
        assertThat(BuildLock.isTaken(folder)).isTrue();
      }
      String said = Street.buildBeside(folder, 6);
      assertThat(said)
          .contains(
              folder
                  + ": expected no other build here, found one under way (process "
                  + ProcessHandle.current().pid()
                  + "); wait until it is done, or choose another folder");
    }
    assertThat(folder).isEmptyDirectory();
    assertThat(BuildLock.isTaken(folder)).isFalse();
    assertThat(build(settings, folder).exemplars()).isEqualTo(9);
  }

  private void refused(Path out, String because) throws IOException {
    Map<String, String> before = DatabaseBuilderTest.contents(out);
    for (boolean force : new boolean[] {false, true}) {
      assertThatThrownBy(() -> build(settings.withForce(force), out))
          .isInstanceOf(UserError.class)
          .hasMessageContaining(because)
          .message()
          .doesNotContain("\n");
    }
    assertThat(DatabaseBuilderTest.contents(out)).isEqualTo(before);
  }

  private IndexReport build(IndexSettings with, Path out) {
    return DatabaseBuilder.build(network, Street.of(9).dataset(), with, out, Progress.NONE);
  }
}
