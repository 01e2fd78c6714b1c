package org.compnn.golden;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageIO;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a picture shows, in a few numbers: its size, its coarse look and a digest of its pixels. */
final class PinnedPicture {
  private static final int BLOCKS = 8;

  private PinnedPicture() {}

  static ObjectNode of(byte[] file) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
    if (image == null) {
      throw new IOException("expected a picture, found " + file.length + " other bytes");
    }
    int height = image.getHeight();
    int width = image.getWidth();
    boolean indexed = image.getColorModel() instanceof IndexColorModel;
    ByteBuffer pixels = ByteBuffer.allocate(height * width * 8);
    long[] sums = new long[BLOCKS * BLOCKS];
    int[] counts = new int[BLOCKS * BLOCKS];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = image.getRGB(x, y);
        pixels.putInt(rgb).putInt(indexed ? image.getRaster().getSample(x, y, 0) : 0);
        int block = y * BLOCKS / height * BLOCKS + x * BLOCKS / width;
        sums[block] += ((rgb >> 16 & 255) + (rgb >> 8 & 255) + (rgb & 255)) / 3;
        counts[block]++;
      }
    }
    ObjectNode node = PinnedJson.object().put("height", height).put("width", width);
    node.put("indexed", indexed);
    ArrayNode blocks = node.putArray("blocks");
    for (int i = 0; i < sums.length; i++) {
      blocks.add(Math.round((double) sums[i] / Math.max(1, counts[i])));
    }
    return node.put("sha256", PinnedJson.digest(pixels.array()));
  }
}
