package org.compnn.measure;

import org.compnn.image.LabelMap;

/**
 * Pixels per class of an answer beside a reference: what all segmentation metrics are made of. Sums
 * over pictures by {@link #add}; pixels that the reference leaves unlabelled count nowhere.
 */
public final class ClassCounts {
  private final long[] hit;
  private final long[] reference;
  private final long[] answer;

  /** Counts of nothing yet, for so many classes, 1..255. */
  public ClassCounts(int classes) {
    if (classes < 1 || classes > LabelMap.UNLABELLED) {
      throw new IllegalArgumentException("1 to 255 classes can be counted, not " + classes);
    }
    hit = new long[classes];
    reference = new long[classes];
    answer = new long[classes];
  }

  /**
   * The counts of one picture. A pixel that only the answer leaves unlabelled is wrong, of no
   * class.
   *
   * @throws IllegalArgumentException if the sizes differ or a class is out of range
   */
  public static ClassCounts of(LabelMap reference, LabelMap answer, int classes) {
    if (reference.height() != answer.height() || reference.width() != answer.width()) {
      throw new IllegalArgumentException(
          "a label map of %d x %d cannot be measured against one of %d x %d"
              .formatted(answer.height(), answer.width(), reference.height(), reference.width()));
    }
    ClassCounts counts = new ClassCounts(classes);
    for (int i = 0; i < reference.classes().length; i++) {
      int expected = reference.classes()[i] & 0xff;
      int given = answer.classes()[i] & 0xff;
      if (expected == LabelMap.UNLABELLED) {
        continue;
      }
      if (expected >= classes || (given >= classes && given != LabelMap.UNLABELLED)) {
        throw new IllegalArgumentException(
            "class %d is out of range, there are %d classes"
                .formatted(expected >= classes ? expected : given, classes));
      }
      counts.reference[expected]++;
      if (given != LabelMap.UNLABELLED) {
        counts.answer[given]++;
        if (given == expected) {
          counts.hit[given]++;
        }
      }
    }
    return counts;
  }

  /** Adds the pixels of another. */
  public void add(ClassCounts other) {
    for (int c = 0; c < hit.length; c++) {
      hit[c] += other.hit[c];
      reference[c] += other.reference[c];
      answer[c] += other.answer[c];
    }
  }

  public int classes() {
    return hit.length;
  }

  /** Pixels of a class in both. */
  public long hit(int label) {
    return hit[label];
  }

  /** Pixels of a class in the reference. */
  public long reference(int label) {
    return reference[label];
  }

  /** Pixels of a class in the answer, where the reference is labelled. */
  public long answer(int label) {
    return answer[label];
  }
}
