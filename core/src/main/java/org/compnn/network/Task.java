package org.compnn.network;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** What a network's output means. */
public enum Task {
  /** A score for each class, or one score for a single class, at each pixel. */
  SEGMENTATION("image-segmentation", "semantic-segmentation"),
  /** A picture. */
  IMAGE("image-to-image", "image"),
  /** Numbers at each pixel, such as depths or surface normals. */
  REGRESSION("regression", "depth-estimation");

  private final String tag;
  private final String other;

  Task(String tag, String other) {
    this.tag = tag;
    this.other = other;
  }

  /** The task of that name: its {@link #tag}, what others call it, or the constant's own. */
  public static Optional<Task> named(String name) {
    return Arrays.stream(values())
        .filter(
            task -> Stream.of(task.tag, task.other, task.name()).anyMatch(name::equalsIgnoreCase))
        .findFirst();
  }

  /**
   * The task's name in {@code config.json}: one of Hugging Face's pipeline tags, or a word of our
   * own for what has none.
   */
  public String tag() {
    return tag;
  }
}
