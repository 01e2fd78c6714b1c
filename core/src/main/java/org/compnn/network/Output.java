package org.compnn.network;

import java.util.List;
import java.util.OptionalInt;

/** What a network's output means, and so how it becomes a label map, a picture or values. */
public sealed interface Output {
  /** The task's name as in {@code config.json}. */
  default Task task() {
    return switch (this) {
      case ClassScores _, SigmoidScore _, Labels _ -> Task.SEGMENTATION;
      case Image _ -> Task.IMAGE;
      case Values _ -> Task.REGRESSION;
    };
  }

  /**
   * A score for each class at each pixel; the highest wins, the first of equals.
   *
   * @param classes the classes' names in the order of the channels, at most 255
   * @param ignored the label that marks unlabelled pixels in the training labels, where known
   * @param reduced whether the training labels are one more than the classes' numbers, 0 being
   *     unlabelled (Hugging Face's {@code do_reduce_labels})
   * @param shares whether a class's probability is its part of the sum of the scores, as after a
   *     softmax; else scores go through one
   */
  record ClassScores(List<String> classes, OptionalInt ignored, boolean reduced, boolean shares)
      implements Output {
    public ClassScores {
      classes = List.copyOf(classes);
    }

    /** Raw ones, of training labels that are the classes' numbers. */
    public ClassScores(List<String> classes, OptionalInt ignored) {
      this(classes, ignored, false, false);
    }
  }

  /**
   * One score at each pixel: class 1 where it is above the threshold, else class 0.
   *
   * @param classes the names of class 0 and class 1
   * @param ignored the label that marks unlabelled pixels in the training labels, where known
   * @param threshold in the output's own terms: 0 for a raw score, 0.5 after a sigmoid
   */
  record SigmoidScore(List<String> classes, OptionalInt ignored, double threshold)
      implements Output {
    public SigmoidScore {
      classes = List.copyOf(classes);
    }
  }

  /**
   * The index of a class at each pixel, for networks that keep their scores to themselves.
   *
   * @param classes the classes' names by their indices, at most 255
   * @param ignored the label that marks unlabelled pixels in the training labels, where known
   * @param reduced as of {@link ClassScores}
   */
  record Labels(List<String> classes, OptionalInt ignored, boolean reduced) implements Output {
    public Labels {
      classes = List.copyOf(classes);
    }

    /** Of training labels that are the classes' numbers. */
    public Labels(List<String> classes, OptionalInt ignored) {
      this(classes, ignored, false);
    }
  }

  /**
   * A picture of one (grey) or three (red, green, blue) channels.
   *
   * @param range the numbers of black and of full brightness
   */
  record Image(Range range) implements Output {}

  /**
   * Numbers at each pixel, taken as they are.
   *
   * @param channels numbers a pixel, 1 to {@link #MOST_CHANNELS}
   * @param targetScale what the numbers of target files are multiplied by to be in the output's
   *     terms, such as 1/256 for the depths of KITTI
   */
  record Values(int channels, double targetScale) implements Output {
    /** More than that are no depths, flows or normals. */
    public static final int MOST_CHANNELS = 4;
  }
}
