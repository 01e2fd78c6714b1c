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
    survives("kills", "--count", "1", "--seed", "11");
  }

  @Test
  void aKilledReplacementLeavesTheOldPicturesOrTheNewOnes() {
    survives("kills", "--way", "replace", "--count", "1", "--seed", "1");
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
  void littleMemoryIsEnoughOrOneLine() {
    survives("memory", "--count", "1", "--seed", "5");
  }

  @Test
  void thePageAnswersNobodyWithAFaultOfItsOwn() {
    survives("page", "--count", "8", "--minutes", "0.1", "--clients", "2", "--seed", "1");
  }
}
