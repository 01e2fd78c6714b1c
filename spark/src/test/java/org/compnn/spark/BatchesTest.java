package org.compnn.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.Test;

final class BatchesTest {
  @Test
  void whatIsAskedWhileAJobIsUnderWayMakesTheNextAsFarAsItFits() throws Exception {
    List<Integer> sizes = new ArrayList<>();
    CountDownLatch asked = new CountDownLatch(1);
    Batches<Integer, Integer> batches =
        new Batches<>(
            1,
            4,
            _ -> 1,
            questions -> {
              sizes.add(questions.size());
              try {
                asked.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return questions.stream().map(question -> -question).toList();
            });
    List<Future<Integer>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        int question = i;
        answers.add(threads.submit(() -> batches.ask(question)));
      }
      while (batches.left() < 7) {
        Thread.onSpinWait();
      }
      asked.countDown();
      for (int i = 0; i < 8; i++) {
        assertThat(answers.get(i).get()).isEqualTo(-i);
      }
    }
    assertThat(sizes).containsExactly(1, 4, 3);
  }

  @Test
  void aJobThatFailsIsToldToAllWhoAsked() {
    Batches<Integer, Integer> batches =
        new Batches<>(
            1,
            1,
            _ -> 1,
            _ -> {
              throw new UserError("no cluster");
            });
    assertThatThrownBy(() -> batches.ask(1)).isInstanceOf(UserError.class).hasMessage("no cluster");
    assertThatThrownBy(() -> batches.ask(2)).hasMessage("no cluster");
  }
}
