package org.compnn.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  @Test
  void everyKernelIsCalledUntilItIsHotOrTheTimeIsOver() {
    long begin = System.nanoTime();

    int cold = WarmUp.call(Kernels.best());

    assertThat(cold).isBetween(0, 8);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void anInterruptEndsIt() throws InterruptedException {
    Thread thread = Thread.ofPlatform().start(() -> WarmUp.call(Kernels.best()));
    thread.interrupt();

    assertThat(thread.join(Duration.ofSeconds(30))).isTrue();
  }

  @Test
  void itBeginsOnceHoweverOftenItIsAskedFor() {
    assertThatCode(
            () -> {
              WarmUp.begin();
              WarmUp.begin();
            })
        .doesNotThrowAnyException();
    assertThat(
            Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("compnn-warm-up")))
        .hasSizeLessThanOrEqualTo(1);
  }
}
