package org.compnn.network;

/** What a network's output means. */
public enum Task {
  /** A score for each class, or one score for a single class, at each pixel. */
  SEGMENTATION("image-segmentation"),
  /** A picture. */
  IMAGE("image-to-image");

  private final String tag;

  Task(String tag) {
    this.tag = tag;
  }

  /** The task's name in {@code config.json}, one of Hugging Face's pipeline tags. */
  public String tag() {
    return tag;
  }
}
