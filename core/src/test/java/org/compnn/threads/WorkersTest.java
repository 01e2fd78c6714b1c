package org.compnn.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class WorkersTest {
  @ParameterizedTest
  @CsvSource({"1,0", "1,5", "2,1", "2,1000", "4,3", "7,1000", "4,0"})
  void everyPieceIsDoneOnceByAThreadOfItsOwnNumber(int threads, int count) {
    try (Workers workers = Workers.of(threads)) {
      AtomicIntegerArray done = new AtomicIntegerArray(count);
      AtomicIntegerArray busy = new AtomicIntegerArray(threads);
      workers.run(
          count,
          (number, thread) -> {
            assertThat(busy.incrementAndGet(thread)).isEqualTo(1);
            done.incrementAndGet(number);
            busy.decrementAndGet(thread);
          });
      for (int number = 0; number < count; number++) {
        assertThat(done.get(number)).isEqualTo(1);
      }
      assertThat(workers.threads()).isEqualTo(threads);
    }
  }

  @Test
  void oneThreadIsTheCallersOwn() {
    try (Workers workers = Workers.of(1)) {
      Set<Thread> seen = ConcurrentHashMap.newKeySet();
      workers.run(100, (_, thread) -> seen.add(Thread.currentThread()));
      assertThat(seen).containsExactly(Thread.currentThread());
    }
  }

  @Test
  void asManyThreadsWorkAtATimeAsTheyAre() {
    int threads = 4;
    CountDownLatch all = new CountDownLatch(threads);
    try (Workers workers = Workers.of(threads)) {
      // No piece ends before all have begun.
      workers.run(
          threads,
          (_, _) -> {
            all.countDown();
            await(all);
          });
    }
  }

  @Test
  void resultsComeInTheOrderOfTheirNumbers() {
    try (Workers workers = Workers.of(3)) {
      assertThat(workers.map(500, i -> "n" + i))
          .isEqualTo(IntStream.range(0, 500).mapToObj(i -> "n" + i).toList());
      assertThat(workers.map(0, i -> i)).isEmpty();
    }
  }

  @Test
  void aSecondCallerIsNotHeldUpByTheFirstOnes() throws InterruptedException {
    try (Workers workers = Workers.of(2)) {
      CountDownLatch begun = new CountDownLatch(2);
      CountDownLatch over = new CountDownLatch(1);
      Thread first =
          Thread.ofPlatform()
              .start(
                  () ->
                      workers.run(
                          2,
                          (_, _) -> {
                            begun.countDown();
                            await(over);
                          }));
      // Both threads of the first caller are taken: the second does all of its own work.
      await(begun);
      Set<Thread> seen = ConcurrentHashMap.newKeySet();
      workers.run(50, (_, _) -> seen.add(Thread.currentThread()));
      assertThat(seen).containsExactly(Thread.currentThread());
      over.countDown();
      first.join();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void manyCallersAtOnceAreAllServed(int threads) {
    try (Workers workers = Workers.of(threads);
        Workers callers = Workers.of(8)) {
      AtomicInteger sum = new AtomicInteger();
      callers.run(200, (_, _) -> workers.run(20, (number, _) -> sum.addAndGet(number)));
      assertThat(sum).hasValue(200 * 190);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void piecesMayHavePiecesOfTheirOwn(int threads) {
    try (Workers workers = Workers.of(threads)) {
      AtomicInteger done = new AtomicInteger();
      workers.run(
          10,
          (_, _) -> workers.run(10, (_, _) -> workers.run(10, (_, _) -> done.incrementAndGet())));
      assertThat(done).hasValue(1000);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void whenAPieceFailsTheRestIsLeftOutAndTheFailureIsTheCallers(int threads) {
    try (Workers workers = Workers.of(threads)) {
      AtomicInteger begun = new AtomicInteger();
      IllegalStateException failure = new IllegalStateException("no");
      assertThatThrownBy(
              () ->
                  workers.run(
                      1_000_000,
                      (number, _) -> {
                        begun.incrementAndGet();
                        if (number == 10) {
                          throw failure;
                        }
                      }))
          .isSameAs(failure);
      assertThat(begun.get()).isBetween(11, 999_999);
      assertThat(workers.map(3, i -> i)).containsExactly(0, 1, 2);
    }
  }

  @Test
  void aFailureOnAnotherThreadIsTheCallersWhateverItIs() {
    try (Workers workers = Workers.of(2)) {
      CountDownLatch both = new CountDownLatch(2);
      Thread caller = Thread.currentThread();
      assertThatThrownBy(
              () ->
                  workers.run(
                      2,
                      (_, _) -> {
                        both.countDown();
                        await(both);
                        if (Thread.currentThread() != caller) {
                          throw new AssertionError("over there");
                        }
                      }))
          .isInstanceOf(AssertionError.class)
          .hasMessage("over there");
    }
  }

  @Test
  void theCallerReturnsOnlyWhenPiecesUnderWayHaveEnded() {
    try (Workers workers = Workers.of(2)) {
      CountDownLatch both = new CountDownLatch(2);
      Thread caller = Thread.currentThread();
      AtomicBoolean ended = new AtomicBoolean();
      assertThatThrownBy(
              () ->
                  workers.run(
                      2,
                      (_, _) -> {
                        both.countDown();
                        await(both);
                        if (Thread.currentThread() == caller) {
                          throw new IllegalStateException("at once");
                        }
                        sleep(100);
                        ended.set(true);
                      }))
          .hasMessage("at once");
      assertThat(ended).isTrue();
    }
  }

  @Test
  void anInterruptedCallerStillWaitsForWhatIsUnderWayAndStaysInterrupted() {
    try (Workers workers = Workers.of(2)) {
      CountDownLatch both = new CountDownLatch(2);
      Thread caller = Thread.currentThread();
      List<String> ended = new ArrayList<>();
      workers.run(
          2,
          (_, _) -> {
            both.countDown();
            await(both);
            if (Thread.currentThread() == caller) {
              caller.interrupt();
            } else {
              sleep(100);
              ended.add("other");
            }
          });
      assertThat(Thread.interrupted()).isTrue();
      assertThat(ended).containsExactly("other");
    }
  }

  @Test
  void afterClosingTheCallerDoesAllByItself() {
    Workers workers = Workers.of(3);
    workers.run(10, (_, _) -> {});
    workers.close();
    Set<Thread> seen = ConcurrentHashMap.newKeySet();
    workers.run(20, (_, _) -> seen.add(Thread.currentThread()));
    assertThat(seen).containsExactly(Thread.currentThread());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -2})
  void fewerThanOneThreadIsRefused(int threads) {
    assertThatThrownBy(() -> Workers.of(threads))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 or more, not " + threads);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void sleep(int milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
