package org.compnn.train;

import java.util.ArrayList;
import java.util.List;

/**
 * The U-Net generator of Pix2Pix (Isola, Zhu, Zhou, Efros 2017): 4 x 4 convolutions of stride 2
 * down, transposed ones up, each joined with its mirror image.
 *
 * @param filters channels of the first layer, doubled at each of the next three; 64 in the paper
 * @param depth how often the picture is halved; 8 for the paper's 256 pixels
 * @param channels of the output
 */
record UNet(int filters, int depth, int channels) implements Architecture {
  private static final int DROPPED = 3;

  @Override
  public <T> T forward(Ops<T> ops, T input) {
    List<T> skips = new ArrayList<>();
    T x = input;
    for (int level = 1; level <= depth; level++) {
      String name = "encoder" + level;
      T in = level == 1 ? x : ops.leaky(x);
      boolean normed = level > 1 && level < depth;
      x = ops.conv(name, in, width(level), 4, 2, 1, !normed);
      if (normed) {
        x = ops.norm(name + ".norm", x);
      }
      skips.add(x);
    }
    for (int level = depth; level > 1; level--) {
      String name = "decoder" + level;
      x = ops.norm(name + ".norm", ops.doubling(name, ops.relu(x), width(level - 1), false));
      if (level < depth && depth - level <= DROPPED && depth >= 7) {
        x = ops.dropout(x);
      }
      x = ops.join(x, skips.get(level - 2));
    }
    return ops.tanh(ops.doubling("decoder1", ops.relu(x), channels, true));
  }

  private int width(int level) {
    return filters * (1 << Math.min(level - 1, 3));
  }

  @Override
  public String name() {
    return "Pix2PixUNet" + (1 << depth);
  }

  @Override
  public int multiple() {
    return 1 << depth;
  }
}
