package org.compnn.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.compnn.compose.Mask;
import org.compnn.compose.OutlinePath;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.problem.UserError;
import org.compnn.study.Decision.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReviewTest {
  private static final Instant EIGHT = Instant.parse("2026-11-30T08:00:00Z");
  private static final Palette PALETTE = Palette.of(List.of("Road", "Car", "Tree"));

  @TempDir private Path folder;

  private static Decision decision(String picture, String outline, Verdict verdict, int second) {
    Mask region = OutlinePath.mask(outline, 4, 4);
    return new Decision(
        Decision.TRAINING,
        picture,
        Optional.of(region),
        Optional.of("Road"),
        Optional.of("Car"),
        verdict == Verdict.ACCEPT ? Optional.of("Car") : Optional.empty(),
        verdict,
        "Ada",
        EIGHT.plusSeconds(second),
        "suspects");
  }

  private static Decision exclude(String picture, int second) {
    return new Decision(
        Decision.TRAINING,
        picture,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Verdict.EXCLUDE,
        "Ada",
        EIGHT.plusSeconds(second),
        "page");
  }

  @Test
  void decisionsAreReadAsTheyWereAdded() {
    Path file = folder.resolve("train.db.review").resolve("review.jsonl");
    Review review = Review.read(file);
    Decision first = review.append(decision("a", "M0 0h2v1h-2z", Verdict.ACCEPT, 0));
    Decision second = review.append(exclude("b ü \"x\"", 1));

    assertThat(review.decisions()).containsExactly(first, second);
    assertThat(Review.read(file).decisions()).containsExactly(first, second);
    assertThat(Review.read(file).note()).isEmpty();
  }

  @Test
  void theFileIsALineForEachDecision() throws IOException {
    Path file = folder.resolve("review.jsonl");
    Review.read(file).append(decision("a", "M0 0h2v1h-2z", Verdict.ACCEPT, 0));

    assertThat(file)
        .hasContent(
            "{\"set\":\"training\",\"picture\":\"a\",\"region\":{\"size\":[4,4],\"box\":[0,0,1,2],"
                + "\"outline\":\"M0 0h2v1h-2z\"},\"given\":\"Road\",\"suggested\":\"Car\","
                + "\"label\":\"Car\",\"decision\":\"accept\",\"by\":\"Ada\","
                + "\"at\":\"2026-11-30T08:00:00Z\",\"source\":\"suspects\"}\n");
  }

  @Test
  void theLastDecisionAboutARegionStands() {
    Review review = Review.read(folder.resolve("review.jsonl"));
    review.append(decision("a", "M0 0h2v1h-2z", Verdict.ACCEPT, 0));
    review.append(decision("a", "M0 0h1v1h-1z", Verdict.SKIP, 1));
    review.append(exclude("a", 2));
    Decision last = review.append(decision("a", "M0 0h2v1h-2z", Verdict.REJECT, 3));

    assertThat(review.standing()).hasSize(3).contains(last);
    assertThat(review.standing(Verdict.ACCEPT)).isEmpty();
    assertThat(review.excluded()).containsExactly("a");
  }

  @Test
  void whatIsUndoneDoesNotStand() {
    Review review = Review.read(folder.resolve("review.jsonl"));
    review.append(decision("a", "M0 0h2v1h-2z", Verdict.ACCEPT, 0));
    review.append(decision("a", "M0 0h2v1h-2z", Verdict.UNDO, 1));

    assertThat(review.standing()).isEmpty();
    assertThat(review.decisions()).hasSize(2);
  }

  @Test
  void aDecisionOfAnEarlierClockStillIsTheLast() {
    Review review = Review.read(folder.resolve("review.jsonl"));
    review.append(decision("a", "M0 0h2v1h-2z", Verdict.ACCEPT, 10));
    Decision undone = review.append(decision("a", "M0 0h2v1h-2z", Verdict.UNDO, 0));

    assertThat(undone.at()).isEqualTo(EIGHT.plusSeconds(10).plusMillis(1));
    assertThat(review.standing()).isEmpty();
  }

  @Test
  void aLineThatWasBrokenOffIsLeftOutAndReplaced() throws IOException {
    Path file = folder.resolve("review.jsonl");
    Decision first = Review.read(file).append(exclude("a", 0));
    Files.writeString(file, "{\"set\":\"training\",\"pict", StandardOpenOption.APPEND);

    Review review = Review.read(file);
    assertThat(review.note().orElseThrow()).contains("line 2 was broken off");
    Decision second = review.append(exclude("b", 1));

    assertThat(review.decisions()).containsExactly(first, second);
    assertThat(review.note()).isEmpty();
    assertThat(Review.read(file).decisions()).containsExactly(first, second);
  }

  @Test
  void aLastLineWithoutItsEndIsKept() throws IOException {
    Path file = folder.resolve("review.jsonl");
    Decision first = Review.read(file).append(exclude("a", 0));
    Files.writeString(file, Files.readString(file).strip());
    Decision second = Review.read(file).append(exclude("b", 1));

    assertThat(Review.read(file).decisions()).containsExactly(first, second);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<<<<<<< HEAD",
        "[]",
        "{}",
        "{\"set\":\"training\",\"picture\":\"a\",\"decision\":\"maybe\",\"at\":\"2026-11-30T08:00:00Z\"}",
        "{\"set\":\"training\",\"picture\":\"a\",\"decision\":\"skip\",\"at\":\"yesterday\"}",
        "{\"set\":\"training\",\"picture\":7,\"decision\":\"skip\",\"at\":\"2026-11-30T08:00:00Z\"}",
        "{\"set\":\"training\",\"picture\":\"a\",\"decision\":\"accept\",\"at\":\"2026-11-30T08:00:00Z\"}",
        "{\"set\":\"training\",\"picture\":\"a\",\"decision\":\"skip\",\"at\":\"2026-11-30T08:00:00Z\",\"region\":{\"size\":[9,-1],\"outline\":\"M0"
            + " 0h1v1h-1z\"}}",
        "{\"set\":\"training\",\"picture\":\"a\",\"decision\":\"skip\",\"at\":\"2026-11-30T08:00:00Z\",\"region\":{\"size\":[9,9],\"outline\":\"M0"
            + " 0h10v1h-1z\"}}"
      })
  void aBrokenLineIsNamed(String line) throws IOException {
    Path file = folder.resolve("review.jsonl");
    Review.read(file).append(exclude("a", 0));
    Files.writeString(file, line + "\n", StandardOpenOption.APPEND);

    assertThatThrownBy(() -> Review.read(file))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file + ": line 2: expected ")
        .hasMessageEndingWith("; mend the line, or take it out");
  }

  @Test
  void reviewsOfSeveralPeopleArePutTogetherInAnyOrder() {
    Path ours = folder.resolve("ours.jsonl");
    Path theirs = folder.resolve("theirs.jsonl");
    Review one = Review.read(ours);
    one.append(decision("a", "M0 0h2v1h-2z", Verdict.ACCEPT, 5));
    one.append(exclude("b", 6));
    Review other = Review.read(theirs);
    other.append(decision("a", "M0 0h2v1h-2z", Verdict.REJECT, 1));
    other.append(exclude("c", 2));
    List<Decision> before = one.decisions();

    assertThat(other.merge(List.of(ours))).isEqualTo(2);
    assertThat(one.merge(List.of(theirs))).isEqualTo(2);
    assertThat(one.merge(List.of(theirs, ours))).isZero();

    assertThat(one.standing()).isEqualTo(other.standing());
    assertThat(one.standing(Verdict.ACCEPT)).hasSize(1);
    assertThat(one.excluded()).containsExactlyInAnyOrder("b", "c");
    assertThat(one.decisions()).startsWith(before.toArray(Decision[]::new));
  }

  @Test
  void aFileToPutInThatIsNotThereIsNamed() {
    Review review = Review.read(folder.resolve("review.jsonl"));
    assertThatThrownBy(() -> review.merge(List.of(folder.resolve("none.jsonl"))))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("none.jsonl: expected a file of decisions");
  }

  @Test
  void twoWhoAddAtOnceLoseNothing() throws InterruptedException {
    Path file = folder.resolve("review.jsonl");
    Review here = Review.read(file);
    Review there = Review.read(file);
    CountDownLatch begin = new CountDownLatch(1);
    Thread other =
        Thread.ofVirtual()
            .start(
                () -> {
                  begin.countDown();
                  for (int i = 0; i < 20; i++) {
                    there.append(exclude("there" + i, i));
                  }
                });
    begin.await();
    for (int i = 0; i < 20; i++) {
      here.append(exclude("here" + i, i));
    }
    other.join();

    assertThat(Review.read(file).excluded()).hasSize(40);
    assertThat(here.append(exclude("last", 99)).picture()).isEqualTo("last");
    assertThat(here.excluded()).hasSize(41);
  }

  @Test
  void acceptedRegionsAreRelabelledAtAnySize() {
    Review review = Review.read(folder.resolve("review.jsonl"));
    review.append(decision("a", "M0 0h2v1h-2z", Verdict.ACCEPT, 0));
    review.append(decision("a", "M0 3h1v1h-1z", Verdict.REJECT, 1));
    review.append(decision("b", "M0 0h4v4h-4z", Verdict.ACCEPT, 2));

    LabelMap once = review.corrected("a", new LabelMap(4, 4, new byte[16]), PALETTE);
    LabelMap twice = review.corrected("a", new LabelMap(8, 8, new byte[64]), PALETTE);

    assertThat(once.classes()).startsWith(1, 1, 0, 0, 0);
    assertThat(once.label(3, 0)).isZero();
    assertThat(twice.label(1, 3)).isEqualTo(1);
    assertThat(twice.label(2, 3)).isZero();
    assertThat(review.toCorrect()).containsExactly("a", "b");
  }

  @Test
  void aClassOfAnotherDataSetIsNamed() {
    Review review = Review.read(folder.resolve("review.jsonl"));
    review.append(decision("a", "M0 0h2v1h-2z", Verdict.ACCEPT, 0));
    assertThatThrownBy(
            () ->
                review.corrected(
                    "a", new LabelMap(4, 4, new byte[16]), Palette.of(List.of("wall", "door"))))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("found 'Car'; the closest are 'wall', 'door'");
  }
}
