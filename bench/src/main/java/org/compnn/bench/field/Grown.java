package org.compnn.bench.field;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.Pair;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.image.ValueMap;

/**
 * A training pair changed, so that a data set grows by pictures that are like its own and not the
 * same: mirrored (odd rounds), and with the input's colours shifted (from the second round on).
 *
 * @param pair the pair as it is
 * @param round which copy of the data set it belongs to, 1 or more
 */
record Grown(Pair pair, int round) implements Pair {
  /** A share of a data set: every n-th pair, or all with grown copies behind them. */
  static Dataset share(Dataset dataset, Share share) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < dataset.pairs().size(); i += share.of()) {
      pairs.add(dataset.pairs().get(i));
    }
    for (int round = 1; round < share.times(); round++) {
      for (Pair pair : dataset.pairs()) {
        pairs.add(new Grown(pair, round));
      }
    }
    return new Dataset(dataset.name(), pairs, dataset.skipped(), dataset.skipsBroken());
  }

  @Override
  public String id() {
    return pair.id() + "~" + round;
  }

  @Override
  public List<String> tags() {
    return pair.tags();
  }

  @Override
  public Content read() {
    Content content = pair.read();
    Picture input = content.input();
    Optional<Raster> target = content.target();
    if (round % 2 == 1) {
      input = (Picture) mirrored(input);
      target = target.map(Grown::mirrored);
    }
    return new Content(round > 1 ? recoloured(input, round) : input, target);
  }

  private static Raster mirrored(Raster raster) {
    return switch (raster) {
      case Picture p -> new Picture(p.height(), p.width(), mirrored(p.rgb(), p.width(), 3));
      case LabelMap l -> new LabelMap(l.height(), l.width(), mirrored(l.classes(), l.width(), 1));
      case ValueMap v ->
          ValueMap.ofLittleEndian(
              v.height(),
              v.width(),
              v.channels(),
              mirrored(v.littleEndian(), v.width(), v.channels() * Float.BYTES));
    };
  }

  private static byte[] mirrored(byte[] pixels, int width, int depth) {
    byte[] mirrored = new byte[pixels.length];
    for (int at = 0; at < pixels.length / depth; at++) {
      int there = at - at % width + width - 1 - at % width;
      System.arraycopy(pixels, there * depth, mirrored, at * depth, depth);
    }
    return mirrored;
  }

  /** Another gain for each channel, from 0.8 to 1.2. */
  private static Picture recoloured(Picture picture, int round) {
    byte[] rgb = picture.rgb().clone();
    for (int i = 0; i < rgb.length; i++) {
      double gain = 0.8 + 0.2 * ((i % 3 + round) % 3);
      rgb[i] = (byte) Math.clamp(Math.round((rgb[i] & 0xff) * gain), 0, 255);
    }
    return new Picture(picture.height(), picture.width(), rgb);
  }
}
