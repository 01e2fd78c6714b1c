package org.compnn.train;

/**
 * The PatchGAN discriminator of Pix2Pix: scores for overlapping patches of an input and an output
 * joined along their channels.
 *
 * @param filters channels of the first layer; 64 in the paper
 * @param layers convolutions of stride 2; 3 in the paper, for patches of 70 pixels
 */
record PatchGan(int filters, int layers) implements Architecture {
  @Override
  public <T> T forward(Ops<T> ops, T input) {
    T x = ops.leaky(ops.conv("patch1", input, filters, 4, 2, 1, true));
    for (int layer = 2; layer <= layers + 1; layer++) {
      int width = filters * (1 << Math.min(layer - 1, 3));
      int stride = layer <= layers ? 2 : 1;
      x = ops.conv("patch" + layer, x, width, 4, stride, 1, false);
      x = ops.leaky(ops.norm("patch" + layer + ".norm", x));
    }
    return ops.conv("patch" + (layers + 2), x, 1, 4, 1, 1, true);
  }

  @Override
  public String name() {
    return "PatchGAN";
  }

  @Override
  public int multiple() {
    return 1 << layers;
  }
}
