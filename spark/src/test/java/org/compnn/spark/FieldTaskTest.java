package org.compnn.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.compnn.Index;
import org.compnn.database.CellStore;
import org.compnn.database.Database;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.DatasetOptions;
import org.compnn.dataset.TargetFormat;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.network.FeatureMap;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.network.SmallNetworks;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.search.Distance;
import org.compnn.search.FieldCheck;
import org.compnn.search.Found;
import org.compnn.search.How;
import org.compnn.search.Quality;
import org.compnn.search.SearchSettings;
import org.compnn.search.field.FieldSearch;
import org.compnn.search.lists.ListIndexBuilder;
import org.compnn.threads.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FieldTaskTest {
  @TempDir private Path folder;

  /** What arrives of it in another process. */
  private static <T> T sent(T value) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      @SuppressWarnings("unchecked") // What was written.
      T read = (T) in.readObject();
      return read;
    }
  }

  private static FieldReply over(FieldSearch search, Asked asked, FieldAsked wanted)
      throws Exception {
    return sent(Answer.of(() -> FieldTask.reply(search, 4, sentAs(asked), sentAs(wanted)))).get();
  }

  private static <T> T sentAs(T value) {
    try {
      return sent(value);
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void fieldsAndChecksArriveAsTheyWereFound() throws Exception {
    Random random = new Random(2);
    Picture[] pictures = new Picture[5];
    for (int i = 0; i < pictures.length; i++) {
      byte[] rgb = new byte[SmallNetworks.HEIGHT * SmallNetworks.WIDTH * 3];
      random.nextBytes(rgb);
      pictures[i] = new Picture(SmallNetworks.HEIGHT, SmallNetworks.WIDTH, rgb);
      Path data = Files.createDirectories(folder.resolve("data"));
      if (i < 4) {
        Files.write(data.resolve(i + ".png"), PictureFile.png(pictures[i]));
      }
    }
    Path model = SmallNetworks.segmentation(folder.resolve("net"), 3);
    Path set = folder.resolve("set");
    try (Network network = Network.open(model, NetworkOptions.defaults().withThreads(1));
        Workers workers = Workers.of(1)) {
      Dataset data =
          Dataset.open(
              folder.resolve("data"), DatasetOptions.of(TargetFormat.of(network.output())));
      Index.of(network, data).layers("penultimate").shards(2).cells(set);
      try (Database database = Database.open(set)) {
        CellStore store = database.layers().getFirst();
        ListIndexBuilder.build(database, store, 1, workers, Progress.NONE);
        FeatureMap query = network.run(pictures[4], List.of(store.layer())).layers().getFirst();
        FieldSearch search =
            FieldSearch.open(database, store, 1, Quality.BEST, workers, Progress.NONE).byLists();
        SearchSettings settings =
            new SearchSettings(1, Distance.L2, 2, database.select(List.of("[0-2]"), List.of()));
        Asked asked =
            Asked.of(
                Asked.Kind.CELLS,
                store.layer().name(),
                query,
                1,
                Distance.L2,
                2,
                settings.selection());

        Found here = search.with(Quality.FAST).find(query, settings);
        Found there =
            ((FieldReply.Matches) over(search, asked, new FieldAsked.Matches(Quality.FAST)))
                .found();
        assertThat(there.field()).usingRecursiveComparison().isEqualTo(here.field());
        assertThat(there.field().exemplar()).doesNotContain(3);
        assertThat(there.how())
            .usingRecursiveComparison()
            .ignoringFields("seconds")
            .isEqualTo(here.how());
        assertThat(((How.Lists) there.how()).seconds()).isPositive();

        List<FieldCheck> outcome =
            ((FieldReply.Check) over(search, asked, new FieldAsked.Check(here.field(), 9, true)))
                .outcome();
        assertThat(outcome)
            .containsExactly(
                search.checkAffordable(query, settings, here.field(), 9, true).orElseThrow());
      }
    }
  }

  @Test
  void whatIsToBeMendedArrivesAsALineThatKnowsItsKnobs() throws Exception {
    Answer<String> wrong =
        sent(
            Answer.of(
                () -> {
                  throw new UserError("a.png: no picture", new IOException()).and(Knob.LAYER);
                }));
    assertThat(wrong)
        .isInstanceOfSatisfying(
            Answer.Wrong.class,
            told -> {
              assertThat(told.error()).hasMessage("a.png: no picture").hasNoCause();
              assertThat(told.error().knobs()).containsExactly(Knob.LAYER);
            });
  }
}
