package org.compnn.bench.truth;

import org.compnn.image.LabelMap;
import org.compnn.image.Picture;

/**
 * A building to learn from, or to ask about.
 *
 * @param id its name
 * @param group its style, 0..3; another number for what is foreign
 * @param photo the picture
 * @param labels a class for each of its pixels
 * @param coloured the labels as Pix2Pix reads them
 */
record Example(String id, int group, Picture photo, LabelMap labels, Picture coloured) {
  Example withLabels(LabelMap value) {
    return new Example(id, group, photo, value, coloured);
  }

  Example withPhoto(Picture value) {
    return new Example(id, group, value, labels, coloured);
  }
}
