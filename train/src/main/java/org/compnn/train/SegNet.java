package org.compnn.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * SegNet (Badrinarayanan, Kendall, Cipolla 2017): an encoder of convolutions and poolings, and its
 * mirror image that unpools with the encoder's own indices.
 *
 * @param name of the variant
 * @param blocks for each pooling the channels of the convolutions before it
 * @param kernel side of all convolutions
 * @param halfRelu whether the decoder goes without ReLU, as SegNet-Basic does
 * @param classes of the output
 */
record SegNet(String name, List<List<Integer>> blocks, int kernel, boolean halfRelu, int classes)
    implements Architecture {
  SegNet {
    blocks = blocks.stream().map(List::copyOf).toList();
  }

  /**
   * SegNet-Basic: four convolutions down, four up.
   *
   * @param width channels of each; 64 in the paper
   * @param kernel 7 in the paper
   */
  static SegNet basic(int width, int kernel, int depth, int classes) {
    List<List<Integer>> blocks = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      blocks.add(List.of(width));
    }
    return new SegNet("SegNetBasic", blocks, kernel, true, classes);
  }

  /**
   * The full SegNet: the thirteen convolutions of VGG-16 and their mirror image.
   *
   * @param width channels of the first block; 64 in VGG-16
   */
  static SegNet vgg16(int width, int classes) {
    return new SegNet(
        "SegNetVGG16",
        List.of(
            List.of(width, width),
            List.of(2 * width, 2 * width),
            List.of(4 * width, 4 * width, 4 * width),
            List.of(8 * width, 8 * width, 8 * width),
            List.of(8 * width, 8 * width, 8 * width)),
        3,
        false,
        classes);
  }

  @Override
  public <T> T forward(Ops<T> ops, T input) {
    List<Ops.Pooled<T>> poolings = new ArrayList<>();
    T x = input;
    for (int b = 0; b < blocks.size(); b++) {
      for (int c = 0; c < blocks.get(b).size(); c++) {
        x =
            ops.relu(
                block(
                    ops,
                    String.format(Locale.ROOT, "encoder%d.%d", b + 1, c + 1),
                    x,
                    blocks.get(b).get(c)));
      }
      Ops.Pooled<T> pooled = ops.pool(x);
      poolings.add(pooled);
      x = pooled.values();
    }
    for (int b = blocks.size() - 1; b >= 0; b--) {
      x = ops.unpool(x, poolings.get(b));
      List<Integer> widths = blocks.get(b);
      for (int c = widths.size() - 1; c >= 0; c--) {
        int next = c > 0 ? widths.get(c - 1) : b > 0 ? blocks.get(b - 1).getLast() : widths.get(0);
        x = block(ops, String.format(Locale.ROOT, "decoder%d.%d", b + 1, c + 1), x, next);
        x = halfRelu ? x : ops.relu(x);
      }
    }
    return ops.conv("classifier", x, classes, 1, 1, 0, true);
  }

  private <T> T block(Ops<T> ops, String name, T x, int width) {
    return ops.norm(name + ".norm", ops.conv(name, x, width, kernel, 1, kernel / 2, false));
  }

  @Override
  public int multiple() {
    return 1 << blocks.size();
  }
}
