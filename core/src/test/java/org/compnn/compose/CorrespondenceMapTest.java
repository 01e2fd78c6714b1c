package org.compnn.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.compnn.image.Picture;
import org.junit.jupiter.api.Test;

class CorrespondenceMapTest {
  @Test
  void patchesHaveTheColourOfTheirExemplar() {
    var field =
        CompositionTest.field(1, 3, new int[] {7, 4, 7}, new int[] {0, 0, 0}, new int[] {0, 1, 2});
    CorrespondenceMap map = CorrespondenceMap.of(Contribution.rank(field));

    Picture drawn = map.draw(field, 2, 6);

    assertThat(map.colour(7)).isEqualTo(0xE69F00);
    assertThat(map.colour(4)).isEqualTo(0x56B4E9);
    assertThat(drawn.pixel(1, 1)).isEqualTo(0xE69F00);
    assertThat(drawn.pixel(0, 2)).isEqualTo(0x56B4E9);
    assertThat(drawn.pixel(1, 5)).isEqualTo(0xE69F00);
  }

  @Test
  void theMostUsedHaveVividColoursOfTheirOwnAndTheRestGreyishOnes() {
    List<Contribution> ranked = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      ranked.add(new Contribution(i, 100 - i, 0.01));
    }
    CorrespondenceMap map = CorrespondenceMap.of(ranked);

    HashSet<Integer> vivid = new HashSet<>();
    for (int i = 0; i < CorrespondenceMap.distinctColours(); i++) {
      vivid.add(map.colour(i));
      assertThat(saturation(map.colour(i))).isGreaterThan(0.2f);
    }
    assertThat(vivid).hasSize(CorrespondenceMap.distinctColours());
    for (int i = CorrespondenceMap.distinctColours(); i < 100; i++) {
      assertThat(vivid).doesNotContain(map.colour(i));
      assertThat(saturation(map.colour(i))).isLessThan(0.2f);
    }
    assertThat(map.colour(100)).isEqualTo(CorrespondenceMap.UNMATCHED);
  }

  @Test
  void noTwoOfTheDistinctColoursLookAlikeToColourBlindEyes() {
    // Simplified dichromat simulation of Vienot, Brettel and Mollon (1999), another model than the
    // one that the colours were made with; distances in linear RGB.
    double[][] protan = {{0.11238, 0.88762, 0}, {0.11238, 0.88762, 0}, {0.00401, -0.00401, 1}};
    double[][] deutan = {{0.29275, 0.70725, 0}, {0.29275, 0.70725, 0}, {-0.02234, 0.02234, 1}};
    List<Integer> colours = DistinctColours.all();
    for (double[][] eye : List.of(protan, deutan)) {
      for (int a = 0; a < 12; a++) {
        for (int b = 0; b < a; b++) {
          double[] first = seen(eye, colours.get(a));
          double[] second = seen(eye, colours.get(b));
          double distance =
              Math.hypot(
                  Math.cbrt(first[0]) - Math.cbrt(second[0]),
                  Math.cbrt(first[2]) - Math.cbrt(second[2]));
          assertThat(distance)
              .as("%06x and %06x", colours.get(a), colours.get(b))
              .isGreaterThan(0.03);
        }
      }
    }
  }

  private static double[] seen(double[][] eye, int colour) {
    double[] linear = {
      Math.pow((colour >> 16) / 255.0, 2.2),
      Math.pow((colour >> 8 & 0xff) / 255.0, 2.2),
      Math.pow((colour & 0xff) / 255.0, 2.2)
    };
    double[] seen = new double[3];
    for (int i = 0; i < 3; i++) {
      seen[i] = eye[i][0] * linear[0] + eye[i][1] * linear[1] + eye[i][2] * linear[2];
    }
    return seen;
  }

  private static float saturation(int colour) {
    return Color.RGBtoHSB(colour >> 16, colour >> 8 & 0xff, colour & 0xff, new float[3])[1];
  }
}
