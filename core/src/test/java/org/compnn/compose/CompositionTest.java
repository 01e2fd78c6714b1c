package org.compnn.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.image.ValueMap;
import org.compnn.network.Layer;
import org.compnn.network.geometry.Geometry;
import org.compnn.search.Field;
import org.compnn.threads.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompositionTest {
  private static final Workers WORKERS = Workers.of(3);

  @Test
  void eachCellPastesThePatchOfItsMatch() {
    // 2 x 2 cells over 4 x 4 pixels; exemplar e has label 16 e + row x 4 + column.
    Field field =
        field(2, 2, new int[] {1, 0, 0, 1}, new int[] {1, 0, 1, 0}, new int[] {0, 0, 1, 1});

    LabelMap pasted = (LabelMap) Composition.paste(field, CompositionTest::numbered, 4, 4, WORKERS);

    assertThat(pasted.classes())
        .containsExactly(
            24, 25, 0, 1, //
            28, 29, 4, 5, //
            10, 11, 18, 19, //
            14, 15, 22, 23);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aPictureMatchedWithItselfComesOutUnchangedWhateverTheCells(long seed) {
    Random random = new Random(seed);
    int height = 1 + random.nextInt(30);
    int width = 1 + random.nextInt(30);
    int rows = 1 + random.nextInt(height);
    int columns = 1 + random.nextInt(width);
    byte[] rgb = new byte[height * width * 3];
    random.nextBytes(rgb);
    Picture picture = new Picture(height, width, rgb);
    Field identity = identity(rows, columns);

    assertThat(bytes(Composition.paste(identity, _ -> picture, height, width, WORKERS)))
        .isEqualTo(rgb);
    for (int p = 1; p <= 4; p++) {
      assertThat(
              bytes(Composition.pasteAveraged(identity, p, _ -> picture, height, width, WORKERS)))
          .isEqualTo(rgb);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16})
  void averagedPastingIsWhatAPlainGatherOverPixelsGives(long seed) {
    Random random = new Random(seed);
    int stride = 1 + random.nextInt(3);
    int rows = 2 + random.nextInt(5);
    int columns = 2 + random.nextInt(5);
    int p = 2 + random.nextInt(3);
    Field field = random(random, rows, columns, 3);
    int height = rows * stride;
    int width = columns * stride;
    Picture[] exemplars = new Picture[3];
    LabelMap[] labels = new LabelMap[3];
    for (int e = 0; e < 3; e++) {
      byte[] rgb = new byte[height * width * 3];
      random.nextBytes(rgb);
      exemplars[e] = new Picture(height, width, rgb);
      byte[] classes = new byte[height * width];
      for (int i = 0; i < classes.length; i++) {
        classes[i] = (byte) random.nextInt(4);
      }
      labels[e] = new LabelMap(height, width, classes);
    }

    Picture averaged =
        (Picture) Composition.pasteAveraged(field, p, e -> exemplars[e], height, width, WORKERS);
    LabelMap voted =
        (LabelMap) Composition.pasteAveraged(field, p, e -> labels[e], height, width, WORKERS);

    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int[] sum = new int[3];
        int[] votes = new int[4];
        int n = 0;
        int own = -1;
        for (int i = 0; i < p; i++) {
          for (int j = 0; j < p; j++) {
            // The cell whose hyperpatch covers this one at offset (i, j).
            int up = i - (p - 1) / 2;
            int left = j - (p - 1) / 2;
            int r = y / stride - up;
            int c = x / stride - left;
            if (r < 0 || c < 0 || r >= rows || c >= columns) {
              continue;
            }
            int match = field.at(r, c, 0);
            int er = Math.max(0, Math.min(rows - 1, field.row()[match] + up));
            int ec = Math.max(0, Math.min(columns - 1, field.column()[match] + left));
            int fromY = er * stride + y % stride;
            int fromX = ec * stride + x % stride;
            int e = field.exemplar()[match];
            int colour = exemplars[e].pixel(fromY, fromX);
            sum[0] += colour >> 16;
            sum[1] += colour >> 8 & 0xff;
            sum[2] += colour & 0xff;
            int label = labels[e].label(fromY, fromX);
            votes[label]++;
            own = up == 0 && left == 0 ? label : own;
            n++;
          }
        }
        int expected =
            (int) Math.floor(sum[0] / (double) n + 0.5) << 16
                | (int) Math.floor(sum[1] / (double) n + 0.5) << 8
                | (int) Math.floor(sum[2] / (double) n + 0.5);
        assertThat(averaged.pixel(y, x)).isEqualTo(expected);
        int most = Arrays.stream(votes).max().getAsInt();
        int winner = voted.label(y, x);
        assertThat(votes[winner]).isEqualTo(most);
        if (votes[own] == most) {
          assertThat(winner).isEqualTo(own);
        }
      }
    }
  }

  @Test
  void unlabelledPixelsWinOnlyWhereNothingElseVotes() {
    LabelMap half = new LabelMap(1, 4, new byte[] {-1, -1, 2, -1});

    LabelMap voted =
        (LabelMap) Composition.pasteAveraged(identity(1, 4), 3, _ -> half, 1, 4, WORKERS);

    assertThat(voted.classes()).containsExactly(-1, -1, 2, -1);
    Field swapped = field(1, 4, new int[4], new int[4], new int[] {2, 0, 0, 0});
    // Cell 0 matches cell 2: its right neighbour's patch (3) falls on cell 1, its own on cell 0.
    LabelMap moved = (LabelMap) Composition.pasteAveraged(swapped, 3, _ -> half, 1, 4, WORKERS);
    assertThat(moved.label(0, 0)).isEqualTo(2);
  }

  @Test
  void anotherSizeOfQueryIsPastedFromTheLayersOwnGrid() {
    // The query has 1 x 3 cells of 2 pixels, the training set 2 x 2 cells of 2 pixels.
    Field field = field(1, 3, new int[3], new int[] {0, 1, 1}, new int[] {1, 0, 1});

    LabelMap pasted =
        (LabelMap)
            Composition.paste(
                field, layer(2, 2, 1), Overlap.NONE, 3, CompositionTest::numbered, 2, 6, WORKERS);

    assertThat(pasted.classes()).containsExactly(2, 3, 8, 9, 10, 11, 6, 7, 12, 13, 14, 15);
  }

  @Test
  void cellsWithoutAMatchStayUnlabelledOrBlack() {
    Field field = field(1, 2, new int[] {-1, 0}, new int[] {-1, 0}, new int[] {-1, 0});

    LabelMap labels =
        (LabelMap)
            Composition.paste(field, _ -> new LabelMap(1, 2, new byte[] {4, 5}), 1, 2, WORKERS);
    Picture picture =
        (Picture)
            Composition.paste(
                field, _ -> new Picture(1, 2, new byte[] {1, 2, 3, 4, 5, 6}), 1, 2, WORKERS);

    assertThat(labels.label(0, 0)).isEqualTo(LabelMap.UNLABELLED);
    assertThat(labels.label(0, 1)).isEqualTo(4);
    assertThat(picture.rgb()).containsExactly(0, 0, 0, 1, 2, 3);
  }

  @Test
  void valuesArePastedAndAveragedWhereTheyAreKnown() {
    Field field = field(1, 2, new int[] {0, 1}, new int[] {0, 0}, new int[] {0, 1});
    IntFunction<Raster> exemplars =
        e -> new ValueMap(1, 2, 1, new float[] {e + 0.5f, e == 1 ? Float.NaN : e + 1.5f});

    assertThat(((ValueMap) Composition.paste(field, exemplars, 1, 2, WORKERS)).values())
        .containsExactly(0.5f, Float.NaN);
    assertThat(((ValueMap) Composition.pasteAveraged(field, 2, exemplars, 1, 2, WORKERS)).values())
        .containsExactly(0.5f, 1.5f);
  }

  @Test
  void everyExemplarIsAskedForOnce() {
    Random random = new Random(5);
    Field field = random(random, 20, 20, 7);
    ConcurrentMap<Integer, AtomicInteger> asked = new ConcurrentHashMap<>();

    Composition.paste(
        field,
        e -> {
          asked.computeIfAbsent(e, _ -> new AtomicInteger()).incrementAndGet();
          return new LabelMap(20, 20, new byte[400]);
        },
        20,
        20,
        WORKERS);

    assertThat(asked.values()).hasSize(7).allMatch(n -> n.get() == 1);
  }

  @Test
  void oneThreadMeansTheCallersOwn() {
    Field field = random(new Random(6), 20, 20, 9);
    Set<Thread> seen = ConcurrentHashMap.newKeySet();
    try (Workers one = Workers.of(1)) {
      IntFunction<Raster> exemplars =
          _ -> {
            seen.add(Thread.currentThread());
            return new LabelMap(20, 20, new byte[400]);
          };
      Composition.paste(field, exemplars, 20, 20, one);
      Composition.pasteAveraged(field, 2, exemplars, 20, 20, one);
    }
    assertThat(seen).containsExactly(Thread.currentThread());
  }

  @Test
  void exemplarsOfTwoKindsOrNoMatchAtAllAreRefused() {
    Field two = field(1, 2, new int[] {0, 1}, new int[2], new int[] {0, 1});
    assertThatThrownBy(
            () ->
                Composition.paste(
                    two,
                    e -> e == 0 ? Picture.black(1, 2) : new LabelMap(1, 2, new byte[2]),
                    1,
                    2,
                    WORKERS))
        .isInstanceOf(IllegalArgumentException.class);
    Field none = field(1, 1, new int[] {-1}, new int[] {-1}, new int[] {-1});
    assertThatThrownBy(() -> Composition.paste(none, _ -> Picture.black(1, 1), 1, 1, WORKERS))
        .hasMessageContaining("no cell of the field has a match");
  }

  @Test
  void activationsComeBackInTheNetworksOwnTerms() {
    Field field = field(1, 3, new int[] {1, -1, 0}, new int[] {1, -1, 0}, new int[] {0, -1, 1});

    float[] pasted =
        Composition.activations(field, new TwoExemplars(layer(2, 2, 2)), WORKERS).cells();

    // Exemplar e, cell i, channel c stands for 100 e + 10 i + c before standardisation.
    assertThat(pasted).containsExactly(120f, 121f, 3f, 5f, 10f, 11f);
  }

  private static LabelMap numbered(int exemplar) {
    byte[] classes = new byte[16];
    for (int i = 0; i < 16; i++) {
      classes[i] = (byte) (16 * exemplar + i);
    }
    return new LabelMap(4, 4, classes);
  }

  private static byte[] bytes(Raster raster) {
    return ((Picture) raster).rgb();
  }

  private static Layer layer(int rows, int columns, int channels) {
    return new Layer(
        "layer",
        "Conv",
        List.of(),
        channels,
        new Geometry(rows, 2, 1, 1, 1),
        new Geometry(columns, 2, 1, 1, 1));
  }

  static Field field(int rows, int columns, int[] exemplar, int[] row, int[] column) {
    return new Field(rows, columns, 1, exemplar, row, column, new float[rows * columns]);
  }

  private static Field identity(int rows, int columns) {
    int[] row = new int[rows * columns];
    int[] column = new int[rows * columns];
    Arrays.setAll(row, i -> i / columns);
    Arrays.setAll(column, i -> i % columns);
    return field(rows, columns, new int[rows * columns], row, column);
  }

  private static Field random(Random random, int rows, int columns, int exemplars) {
    return field(
        rows,
        columns,
        random.ints((long) rows * columns, 0, exemplars).toArray(),
        random.ints((long) rows * columns, 0, rows).toArray(),
        random.ints((long) rows * columns, 0, columns).toArray());
  }
}
