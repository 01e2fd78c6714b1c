package org.compnn.dataset;

/** How a data set lies on disk. */
public enum DatasetLayout {
  /** Two folders of pictures with the same stems, such as {@code images/} and {@code labels/}. */
  PAIRED,
  /** Pictures of twice the width, input and target beside each other (pix2pix). */
  SIDE_BY_SIDE,
  /** A text file with an input and a target on each line (CamVid). */
  LIST,
  /** {@code leftImg8bit/SPLIT/CITY} and {@code gtFine/SPLIT/CITY}. */
  CITYSCAPES,
  /** A CSV file with the columns {@code input}, {@code target}, {@code tags}, {@code id}. */
  CSV,
  /** A folder of inputs without targets. */
  INPUTS
}
