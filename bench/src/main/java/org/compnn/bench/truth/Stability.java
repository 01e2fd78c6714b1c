package org.compnn.bench.truth;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.compnn.bench.truth.Outcome.Question;
import org.compnn.compose.Mask;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;

/**
 * How far attributions stay as they are where a picture changes a little (noise of two levels, five
 * levels brighter, one pixel to the side), over those pixels of a region of which the network says
 * the same as before.
 */
final class Stability implements Measure {

  @Override
  public String name() {
    return "stability";
  }

  @Override
  public boolean suits(Kind kind) {
    return kind.labels();
  }

  @Override
  public List<Row> of(Setup setup) {
    Map<String, UnaryOperator<Picture>> changes = new LinkedHashMap<>();
    changes.put("noise", picture -> noisy(picture, new Random(setup.seed())));
    changes.put("brighter", picture -> brighter(picture, 5));
    changes.put("shifted", Stability::shifted);
    List<Row> rows = new ArrayList<>();
    changes.forEach(
        (change, how) -> {
          Map<String, Asked> changed = new LinkedHashMap<>();
          for (Example example : setup.street().queries()) {
            changed.put(
                example.id(), setup.subject().ask(example.withPhoto(how.apply(example.photo()))));
          }
          for (Attributor method : both(setup)) {
            List<Double> same = new ArrayList<>();
            for (Question question : setup.questions()) {
              Asked before = setup.asked(question);
              Asked asked = Objects.requireNonNull(changed.get(question.example().id()));
              Mask kept = same(before, asked, question.region().mask());
              // What is left of less than half of a region is another region.
              if (2 * kept.count() >= question.region().mask().count()) {
                same.add(common(method.of(before, kept), method.of(asked, kept)));
              }
            }
            rows.add(setup.row(name(), "first 5 in common, " + change, method, same));
          }
        });
    return rows;
  }

  private static List<Attributor> both(Setup setup) {
    return Stream.concat(setup.rivals().stream(), setup.own().stream()).toList();
  }

  /** The pixels of a region of which the network says the same. */
  private static Mask same(Asked before, Asked after, Mask region) {
    if (!(before.run().output() instanceof LabelMap a)
        || !(after.run().output() instanceof LabelMap b)) {
      throw new IllegalArgumentException("only label maps say the same");
    }
    BitSet same = new BitSet();
    region.pixels().stream().filter(p -> a.classes()[p] == b.classes()[p]).forEach(same::set);
    return new Mask(region.height(), region.width(), same);
  }

  /** The share of the first five of two attributions that both have. */
  static double common(double[] a, double[] b) {
    int first = Math.min(5, a.length);
    int both = 0;
    for (int i : Ranks.first(a, first)) {
      for (int j : Ranks.first(b, first)) {
        both += i == j ? 1 : 0;
      }
    }
    return (double) both / first;
  }

  private static Picture noisy(Picture picture, Random random) {
    return each(picture, (_, level) -> level + (int) Math.round(2 * random.nextGaussian()));
  }

  private static Picture brighter(Picture picture, int by) {
    return each(picture, (_, level) -> level + by);
  }

  /** One pixel to the right; the first column is there twice. */
  static Picture shifted(Picture picture) {
    int row = picture.width() * 3;
    return each(picture, (i, level) -> i % row < 3 ? level : picture.rgb()[i - 3] & 0xff);
  }

  private static Picture each(Picture picture, java.util.function.IntBinaryOperator level) {
    byte[] rgb = new byte[picture.rgb().length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) Math.clamp(level.applyAsInt(i, picture.rgb()[i] & 0xff), 0, 255);
    }
    return new Picture(picture.height(), picture.width(), rgb);
  }
}
