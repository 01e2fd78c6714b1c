package org.compnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.compnn.database.Database;
import org.compnn.database.IndexReport;
import org.compnn.database.Street;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.network.SmallNetworks;
import org.compnn.npy.ElementType;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.search.lists.ListIndexBuilder;
import org.compnn.threads.Workers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IndexTest {
  @TempDir private Path folder;

  private final Network network = Street.network();

  @AfterEach
  void close() {
    network.close();
  }

  private Index index(int exemplars) {
    return Index.of(network, Street.of(exemplars).dataset()).threads(2);
  }

  @Test
  void aDatabaseIsWrittenAndWrittenOnceMoreOnlyWhereItIsForced() throws IOException {
    Path out = folder.resolve("db");
    IndexReport report = index(5).write(out);
    assertThat(report.exemplars()).isEqualTo(5);
    assertThat(report.resumed()).isZero();
    Path mean;
    try (Database database = Database.open(out)) {
      assertThat(database.elements()).isEqualTo(ElementType.FLOAT16);
      assertThat(database.layers())
          .extracting(store -> store.layer().name())
          .containsExactly(network.layer("penultimate").name(), network.layer("bottleneck").name());
      mean = database.annexFolder(database.layers().getFirst(), "mean.npy");
    }
    Files.delete(mean.resolveSibling("mean.npy"));
    assertThatThrownBy(() -> index(5).write(out))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("mean.npy");
    assertThat(index(5).force(true).write(out).resumed()).isZero();
    IndexReport again = index(5).write(out);
    assertThat(again.exemplars()).isEqualTo(5);
    assertThat(again.resumed()).isEqualTo(5);
    assertThat(again.total()).isZero();
    assertThat(Database.verify(out, Progress.NONE)).isEmpty();
  }

  @Test
  void aDatabaseOfOtherCellsIsToldFromOneOfTheSame() {
    Path out = folder.resolve("db");
    index(4).layers("bottleneck..penultimate").write(out);
    assertThat(index(4).layers("all").isIn(folder.resolve("none"))).isFalse();
    assertThat(index(4).layers("bottleneck..penultimate").isIn(out)).isTrue();
    assertThat(index(4).layers("bottleneck").isIn(out)).isFalse();
    assertThat(index(4).layers("bottleneck..penultimate").elements(ElementType.INT8).isIn(out))
        .isFalse();
    assertThat(index(5).layers("bottleneck..penultimate").isIn(out)).isFalse();
    assertThatThrownBy(() -> index(5).write(out))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("expected a new folder, found a database");
    try (Network other =
        Network.open(
            SmallNetworks.segmentation(folder.resolve("other"), 1), NetworkOptions.defaults())) {
      assertThat(Index.of(other, Street.of(4).dataset()).layers("penultimate").isIn(out)).isFalse();
      assertThatThrownBy(() -> Index.of(other, Street.of(6).dataset()).addCells(out))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("expected the network that " + out);
    }
  }

  @Test
  void pairsAreAddedToTheCellsAndToTheListsThatThereAre() {
    Path out = folder.resolve("db");
    index(4).layers("penultimate").cells(out);
    assertThat(Index.lists(out, 1, 2, Progress.NONE))
        .as("a small database needs no lists")
        .satisfies(lists -> assertThat(lists.layers()).isZero())
        .satisfies(lists -> assertThat(lists.outgrown()).isEmpty());
    try (Database database = Database.open(out)) {
      ListIndexBuilder.build(
          database, database.layers().getFirst(), 2, Workers.ofMachine(), Progress.NONE);
    }
    assertThat(index(5).addCells(out).exemplars()).isEqualTo(1);
    assertThat(Index.lists(out, 1, 2, Progress.NONE))
        .satisfies(lists -> assertThat(lists.layers()).isEqualTo(1))
        .satisfies(lists -> assertThat(lists.outgrown()).isEmpty());
    assertThat(Index.add(out, Street.of(9).dataset(), 1, 2, Progress.NONE).exemplars())
        .isEqualTo(4);
    try (Database database = Database.open(out)) {
      assertThat(ListIndexBuilder.present(database, database.layers().getFirst(), 2)).isTrue();
      assertThat(Index.prepare(database, 1, 2, Progress.NONE)).isZero();
      assertThat(Index.outgrown(database))
          .get()
          .asString()
          .startsWith(out + ": search lists were laid out for 4 pictures and now hold 9; ");
    }
    assertThat(Database.verify(out, Progress.NONE)).isEmpty();
  }

  @Test
  void whatMakesNoSenseIsRefusedAtOnce() {
    for (int wrong : new int[] {0, Index.LARGEST_HYPERPATCH + 1}) {
      assertThatThrownBy(() -> index(1).hyperpatch(wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> index(1).threads(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> index(1).layers()).isInstanceOf(IllegalArgumentException.class);
  }
}
