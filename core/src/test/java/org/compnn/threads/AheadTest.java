package org.compnn.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class AheadTest {
  @ParameterizedTest
  @CsvSource({"0,2", "1,2", "5,1", "5,2", "100,3", "3,9"})
  void resultsAreTakenInOrderByTheCaller(int count, int atOnce) {
    List<Integer> taken = new ArrayList<>();
    Thread caller = Thread.currentThread();
    Ahead.<Integer>run(
        count,
        atOnce,
        number -> {
          if (number % 3 == 0) {
            Thread.onSpinWait();
          }
          return number * number;
        },
        square -> {
          assertThat(Thread.currentThread()).isSameAs(caller);
          taken.add(square);
        });
    assertThat(taken).isEqualTo(IntStream.range(0, count).map(n -> n * n).boxed().toList());
  }

  @Test
  void severalAreUnderWayAtOnce() {
    CountDownLatch both = new CountDownLatch(2);
    Ahead.<Boolean>run(
        2,
        2,
        _ -> {
          both.countDown();
          return await(both);
        },
        waited -> assertThat(waited).isTrue());
  }

  @Test
  void noMoreAreHeldThanAskedFor() {
    AtomicInteger held = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Ahead.<Integer>run(
        200,
        2,
        number -> {
          most.accumulateAndGet(held.incrementAndGet(), Math::max);
          return number;
        },
        _ -> {
          Thread.onSpinWait();
          held.decrementAndGet();
        });
    assertThat(most.get()).isLessThanOrEqualTo(3);
  }

  @Test
  void whatComesBeforeAFailureIsTakenAndNothingIsLeftUnderWay() {
    List<Integer> taken = new ArrayList<>();
    AtomicInteger busy = new AtomicInteger();
    AtomicInteger begun = new AtomicInteger();
    assertThatThrownBy(
            () ->
                Ahead.<Integer>run(
                    50,
                    3,
                    number -> {
                      begun.incrementAndGet();
                      busy.incrementAndGet();
                      try {
                        Thread.onSpinWait();
                        if (number == 4) {
                          throw new IllegalStateException("four");
                        }
                        return number;
                      } finally {
                        busy.decrementAndGet();
                      }
                    },
                    taken::add))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("four");
    assertThat(taken).containsExactly(0, 1, 2, 3);
    assertThat(busy.get()).isZero();
    assertThat(begun.get()).isLessThanOrEqualTo(8);
  }

  @Test
  void aFailureToTakeEndsTheRest() {
    AtomicBoolean working = new AtomicBoolean();
    assertThatThrownBy(
            () ->
                Ahead.<Integer>run(
                    9,
                    2,
                    number -> {
                      working.set(true);
                      return number;
                    },
                    _ -> {
                      throw new IllegalArgumentException("full");
                    }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(working.get()).isTrue();
  }

  @Test
  void noPieceAtATimeIsRefused() {
    assertThatThrownBy(() -> Ahead.run(1, 0, number -> number, _ -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
