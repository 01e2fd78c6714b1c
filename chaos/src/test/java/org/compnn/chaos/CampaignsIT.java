package org.compnn.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Short forms of campaigns; each says by itself what it found. What they ask of replacements and of
 * small heaps is asked in the tests of core too, and more of it by {@code bin/chaos}.
 */
@Tag("chaos")
final class CampaignsIT {
  private static void survives(String... campaign) {
    assertThat(Chaos.run(campaign)).isZero();
  }

  @Test
  void killedBuildsGoOnAsIfNothingHadHappened() {
    survives("kills", "--count", "1", "--seed", "11");
  }

  @Test
  void flippedBitsAreFound() {
    survives("flips", "--count", "9", "--seed", "100");
  }

  @Test
  void mutatedFilesAreTakenOrRefused() {
    survives("mutate", "--count", "60", "--seed", "1000");
  }

  @Test
  void aFullDiskIsOneLineAndGoingOnEndsAsIfThereHadBeenRoom() {
    survives("disk", "--count", "1", "--seed", "3");
  }

  @Test
  void thePageAnswersNobodyWithAFaultOfItsOwn() {
    survives("page", "--count", "8", "--minutes", "0.1", "--clients", "2", "--seed", "1");
  }
}
