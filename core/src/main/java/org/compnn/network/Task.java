package org.compnn.network;

/** What a network's output means. */
public enum Task {
  /** A score for each class, or one score for a single class, at each pixel. */
  SEGMENTATION("image-segmentation"),
  /** A picture. */
  IMAGE("image-to-image"),
  /** Numbers at each pixel, such as depths or surface normals. */
  REGRESSION("regression");

  private final String tag;

  Task(String tag) {
    this.tag = tag;
  }

  /**
   * The task's name in {@code config.json}: one of Hugging Face's pipeline tags, or a word of our
   * own for what has none.
   */
  public String tag() {
    return tag;
  }
}
