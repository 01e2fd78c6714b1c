package org.compnn.bench.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.compnn.bench.truth.Outcome.Question;
import org.compnn.bench.truth.Regions.Region;
import org.compnn.compose.Mask;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.network.FeatureMap;
import org.compnn.search.Field;
import org.junit.jupiter.api.Test;

/** The arithmetic of each measure, on cases whose right value is known by hand. */
final class MeasuresTest {
  private static final double EXACT = 1e-9;

  private static Example example(String id, int group, int... labels) {
    int side = (int) Math.sqrt(labels.length);
    byte[] classes = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      classes[i] = (byte) labels[i];
    }
    Picture picture = new Picture(side, side, new byte[labels.length * 3]);
    return new Example(id, group, picture, new LabelMap(side, side, classes), picture);
  }

  private static Mask mask(int side, int... pixels) {
    BitSet set = new BitSet();
    for (int p : pixels) {
      set.set(p);
    }
    return new Mask(side, side, set);
  }

  @Test
  void leaveOneGroupOutSumsPerPictureOfAGroup() {
    List<Example> training =
        List.of(
            example("a", 0, 0), example("b", 0, 0), example("c", 2, 0), example("foreign", 9, 0));
    assertThat(LeaveOneGroupOut.summed(new double[] {1, 2, 6, 50}, training, 4))
        .containsExactly(1.5, 0, 6, 0);
  }

  @Test
  void datamodelsOfATrueLinearModelScoreOneAndOfItsOppositeMinusOne() {
    Random random = new Random(1);
    double[] effect = {5, -3, 1, 0, 2, 7};
    double[] opposite = java.util.Arrays.stream(effect).map(e -> -e).toArray();
    boolean[][] in = new boolean[16][effect.length];
    double[] outcomes = new double[16];
    for (int half = 0; half < 16; half++) {
      for (int i = 0; i < effect.length; i++) {
        in[half][i] = random.nextBoolean();
        outcomes[half] += in[half][i] ? effect[i] : 0;
      }
    }
    assertThat(DatamodelScore.score(in, effect, outcomes)).isCloseTo(1, within(EXACT));
    assertThat(DatamodelScore.score(in, opposite, outcomes)).isCloseTo(-1, within(EXACT));
    assertThat(DatamodelScore.score(in, new double[6], outcomes)).isZero();
  }

  @Test
  void removalAsksAboutOneRegionOfEachPicture() {
    Example a = example("a", 0, 0);
    Example b = example("b", 0, 0);
    Region first = new Region(mask(1, 0), 0);
    Region second = new Region(mask(1, 0), 1);
    List<Question> questions =
        List.of(new Question(a, first), new Question(a, second), new Question(b, first));
    assertThat(Removal.onePerPicture(questions, 5))
        .containsExactly(new Question(a, second), new Question(b, first));
    assertThat(Removal.onePerPicture(questions, 1)).hasSize(1);
  }

  @Test
  void anOutcomeIsTheSumOfLogProbabilities() {
    FeatureMap scores = new FeatureMap(1, 2, 2, new float[] {0, 0, (float) Math.log(3), 0});
    LabelMap given = new LabelMap(1, 2, new byte[] {1, 0});
    LabelMap said = new LabelMap(1, 2, new byte[] {0, 0});
    BitSet both = new BitSet();
    both.set(0, 2);
    Outcome outcome = Outcome.labelled(scores, said, given, new Mask(1, 2, both));
    assertThat(outcome.score()).isCloseTo(Math.log(0.5) + Math.log(0.75), within(1e-6));
    assertThat(outcome.wrong()).isEqualTo(0.5);
  }

  @Test
  void theLastLayersGradientIsTheErrorTimesTheActivation() {
    FeatureMap features = new FeatureMap(1, 1, 2, new float[] {2, 3});
    FeatureMap scores = new FeatureMap(1, 1, 2, new float[] {0, 0});
    LabelMap labels = new LabelMap(1, 1, new byte[] {0});
    BitSet pixel = new BitSet();
    pixel.set(0);
    assertThat(LastLayer.gradient(features, scores, labels, pixel))
        .containsExactly(-1, -1.5, -0.5, 1, 1.5, 0.5);
  }

  @Test
  void plantedErrorsChangeOneRegionOfSoManyPicturesAndSayWhere() {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      int[] labels = new int[100];
      java.util.Arrays.fill(labels, 0, 20, 2);
      examples.add(example("e" + i, 0, labels));
    }
    Planted planted = Planted.errors(examples, 5, 0.3, 1);
    assertThat(planted.where()).hasSize(3);
    planted
        .where()
        .forEach(
            (i, where) -> {
              assertThat(where.count()).isEqualTo(20);
              byte[] after = planted.examples().get(i).labels().classes();
              assertThat(after[0]).isNotEqualTo((byte) 2);
              assertThat(after[50]).isZero();
            });
  }

  @Test
  void everySecondDoorIsMarkedInItsMiddle() {
    int[] labels = new int[256];
    for (int row = 2; row < 10; row++) {
      java.util.Arrays.fill(labels, row * 16 + 4, row * 16 + 12, Planted.DOOR);
    }
    List<Example> doors = List.of(example("a", 0, labels), example("b", 0, labels));
    Planted planted = Planted.shortcut(doors);
    assertThat(planted.relevant()).containsExactly(true, false);
    Mask mark = planted.where().get(0);
    assertThat(mark).isNotNull();
    assertThat(java.util.Objects.requireNonNull(mark).count())
        .isEqualTo(Planted.MARK * Planted.MARK);
    assertThat(mark.pixels().stream().allMatch(p -> labels[p] == Planted.DOOR)).isTrue();
    assertThat(planted.examples().get(0).photo().rgb()).contains((byte) 255);
    assertThat(planted.examples().get(1).photo().rgb()).containsOnly(0);
  }

  @Test
  void mergedDoorsAreWindowsAndChanceIsTheirShare() {
    List<Example> one = List.of(example("a", 0, Planted.DOOR, Planted.WINDOW, 2, 0));
    assertThat(Planted.merged(one).getFirst().labels().classes()).containsExactly(2, 2, 2, 0);
    assertThat(Subclass.chance(one, Planted.DOOR)).isCloseTo(1 / 3.0, within(EXACT));
  }

  @Test
  void foreignPicturesAreAddedAndAreTheRelevantOnes() {
    List<Example> own = List.of(example("a", 0, new int[64]));
    Planted planted = Planted.foreign(own, 2, 1);
    assertThat(planted.relevant()).containsExactly(false, true, true);
    assertThat(planted.examples().get(1).group()).isEqualTo(Kind.SEGNET.groups());
    assertThat(Planted.foreign(own, 2, 1).examples().get(2).photo().rgb())
        .isEqualTo(planted.examples().get(2).photo().rgb());
  }

  @Test
  void equalMatchesAreThoseOfTheSameCellOfTheSamePicture() {
    Field a = field(new int[] {0, 1, 2, 3}, new int[] {0, 0, 0, 0});
    Field b = field(new int[] {0, 1, 2, 9}, new int[] {0, 5, 0, 0});
    assertThat(Randomisation.equal(a, b)).isEqualTo(0.5);
    assertThat(Randomisation.equal(a, a)).isEqualTo(1);
  }

  private static Field field(int[] exemplar, int[] row) {
    return new Field(2, 2, 1, exemplar, row, new int[4], new float[4]);
  }

  @Test
  void diversityIsTheShareOfDistinctPictures() {
    List<int[]> firsts = List.of(new int[] {1, 2}, new int[] {1, 3});
    assertThat(Diversity.share(firsts, 100)).isEqualTo(0.75);
    assertThat(Diversity.share(firsts, 3)).isEqualTo(1);
  }

  @Test
  void stabilityIsWhatTheFirstFiveHaveInCommon() {
    double[] a = {9, 8, 7, 6, 5, 0, 0};
    double[] b = {9, 8, 0, 6, 5, 7, 0};
    assertThat(Stability.common(a, b)).isEqualTo(0.8);
    assertThat(Stability.common(a, a)).isEqualTo(1);
    Picture row = new Picture(1, 3, new byte[] {1, 1, 1, 2, 2, 2, 3, 3, 3});
    assertThat(Stability.shifted(row).rgb()).containsExactly(1, 1, 1, 1, 1, 1, 2, 2, 2);
  }

  @Test
  void aTableHasALineForEachMethodTheBestFirst() {
    Interval half = new Interval(0.5, 0.4, 0.6, 3);
    Interval one = new Interval(1, 1, 1, 3);
    String table =
        TruthTable.of(
            List.of(
                new Row("m", "nDCG", "segnet", 1, "random", half),
                new Row("m", "nDCG", "segnet", 1, "ours", one)));
    assertThat(table)
        .isEqualTo(
            """
            ## m, segnet, seed 1

            | method | nDCG |
            |---|---|
            | ours | 1.000 (1.000 to 1.000) |
            | random | 0.500 (0.400 to 0.600) |

            """);
  }
}
