package org.compnn.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A short form of each campaign; each says by itself what it found. */
@Tag("chaos")
final class CampaignsIT {
  private static void survives(String... campaign) {
    assertThat(Chaos.run(campaign)).isZero();
  }

  @Test
  void killedBuildsGoOnAsIfNothingHadHappened() {
    survives("kills", "--count", "4", "--seed", "11");
  }

  @Test
  void flippedBitsAreFound() {
    survives("flips", "--count", "60", "--seed", "100");
  }

  @Test
  void mutatedFilesAreTakenOrRefused() {
    survives("mutate", "--count", "300", "--seed", "1000");
  }
}
