package org.compnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.compnn.study.Colours.BLUE;
import static org.compnn.study.Colours.GREEN;
import static org.compnn.study.Colours.RED;
import static org.compnn.study.Colours.all;
import static org.compnn.study.Colours.at;
import static org.compnn.study.Colours.blue;
import static org.compnn.study.Colours.green;
import static org.compnn.study.Colours.labels;
import static org.compnn.study.Colours.pair;
import static org.compnn.study.Colours.picture;
import static org.compnn.study.Colours.red;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.compnn.database.IndexReport;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.DatasetOptions;
import org.compnn.dataset.TargetFormat;
import org.compnn.explain.Explanation;
import org.compnn.explain.Options;
import org.compnn.explain.Query;
import org.compnn.explain.Run;
import org.compnn.explain.Source;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.problem.UserError;
import org.compnn.report.Report;
import org.compnn.study.Blame;
import org.compnn.study.Colours;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompNNTest {
  @TempDir private Path folder;

  private void write(String set, String name, Picture picture, LabelMap label) throws Exception {
    Path images = folder.resolve(set).resolve("images");
    Path labels = folder.resolve(set).resolve("labels");
    Files.createDirectories(images);
    Files.createDirectories(labels);
    PictureFile.write(images.resolve(name + ".png"), picture, Colours.PALETTE);
    PictureFile.write(labels.resolve(name + ".png"), label, Colours.PALETTE);
  }

  @Test
  void aProgramIndexesAFolderExplainsAPictureAndFollowsWhatIsWrong() throws Exception {
    write("train", "red", picture(red(200)), labels(RED));
    write("train", "green", picture(green(200)), labels(GREEN));
    write("train", "night", picture(red(60)), labels(BLUE));
    write("val", "1", picture(all(red(190), at(5, green(190)))), labels(all(RED, at(5, BLUE))));
    Colours.labeller(folder.resolve("net")).close();
    Path model = folder.resolve("net/model.onnx");
    Path train = folder.resolve("train.db");

    try (Network network = Network.open(model, NetworkOptions.defaults().withThreads(1))) {
      Dataset pairs =
          Dataset.open(
              folder.resolve("train"), DatasetOptions.of(TargetFormat.of(network.output())));
      IndexReport report =
          Index.of(network, pairs).layers("penultimate", "bottleneck").write(train);
      assertThat(report.exemplars()).isEqualTo(3);
    }

    try (CompNN compnn = CompNN.open(train)) {
      Picture street = Picture.read(folder.resolve("val/images/1.png"));
      Explanation why = compnn.explain(street);
      List<Source> sources = why.at(5, 6);
      assertThat(compnn.gallery().id(sources.getFirst().exemplar())).isEqualTo("green");
      assertThat(compnn.gallery().id(why.at(0, 0).getFirst().exemplar())).isEqualTo("red");
      assertThat(Report.of(why).write(folder.resolve("why")))
          .isEqualTo(folder.resolve("why/report.html"))
          .exists();

      Run run = compnn.run(street);
      Explanation night =
          run.explain(Options.defaults().only("night").within(Duration.ofMillis(200)));
      assertThat(night.contributions()).hasSize(1);
      assertThat(compnn.gallery().id(night.contributions().getFirst().exemplar()))
          .isEqualTo("night");

      Dataset held =
          Dataset.open(
              folder.resolve("val"), DatasetOptions.of(TargetFormat.of(compnn.network().output())));
      Blame blame = Blame.of(compnn, held, Options.defaults().layer("bottleneck").topK(1));
      assertThat(blame.wrong()).isEqualTo(16);
      assertThat(blame.causes()).containsEntry(Blame.Cause.TAUGHT, 16L);
      assertThat(blame.culprits()).extracting(Blame.Culprit::id).containsExactly("green");
    }
  }

  @Test
  void storedCellsThatAreNoNumbersAreNamedWithTheirFileAndLayer() throws Exception {
    Colours.labelled(
            folder,
            pair("red", picture(red(200)), labels(RED)),
            pair("green", picture(green(200)), labels(GREEN)))
        .close();
    List<Path> cells;
    try (Stream<Path> files = Files.walk(folder)) {
      cells = files.filter(f -> f.getFileName().toString().startsWith("cells-0")).toList();
    }
    Path database = folder.resolve("colours.db");
    for (short half : new short[] {0x7e00, 0x7c00}) {
      for (Path file : cells) {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 128; at < bytes.limit(); at += 2) {
          bytes.putShort(at, half);
        }
        Files.write(file, bytes.array());
      }
      try (CompNN compnn = CompNN.open(database)) {
        for (Options options : List.of(Options.defaults(), Options.defaults().exact())) {
          assertThatThrownBy(() -> compnn.explain(picture(red(190)), options))
              .isInstanceOf(UserError.class)
              .hasMessageContaining(
                  "cells-00000.npy: expected finite numbers in the cells of layer")
              .hasMessageContaining("in training picture red; copy the database again")
              .message()
              .doesNotContain("\n");
        }
      }
    }
  }

  @Test
  void manyThreadsAtOnceGetWhatOneGets() throws InterruptedException, ExecutionException {
    try (CompNN compnn =
            Colours.labelled(
                folder,
                pair("red", picture(red(200)), labels(RED)),
                pair("green", picture(green(200)), labels(GREEN)),
                pair("blue", picture(blue(200)), labels(BLUE)));
        ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Query> queries =
          IntStream.range(0, 3)
              .mapToObj(
                  i ->
                      Query.of(
                          "" + i,
                          picture(all(red(150 + i), at(i, green(90)), at(i + 1, blue(99))))))
              .toList();
      List<Options> asked =
          List.of(
              Options.defaults().exact(),
              Options.defaults().hyperpatch(2).topK(2),
              Options.defaults().layer("bottleneck").without("blue"));
      List<Future<Explanation>> answers = new ArrayList<>();
      for (Query query : queries) {
        for (Options options : asked) {
          answers.add(threads.submit(() -> compnn.explain(query, options)));
        }
      }
      int at = 0;
      for (Query query : queries) {
        for (Options options : asked) {
          Explanation alone = compnn.explain(query, options);
          Explanation together = answers.get(at++).get();
          assertThat(together.name()).isEqualTo(alone.name());
          assertThat(together.field().exemplar()).isEqualTo(alone.field().exemplar());
          assertThat(together.field().row()).isEqualTo(alone.field().row());
          assertThat(together.field().column()).isEqualTo(alone.field().column());
          assertThat(together.field().distance()).isEqualTo(alone.field().distance());
          assertThat(((LabelMap) together.composition()).classes())
              .isEqualTo(((LabelMap) alone.composition()).classes());
          assertThat(together.agreements()).isEqualTo(alone.agreements());
        }
      }
    }
  }

  @Test
  void aFolderWithoutADatabaseIsRefused() {
    assertThatThrownBy(() -> CompNN.open(folder))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(folder.toString());
  }
}
