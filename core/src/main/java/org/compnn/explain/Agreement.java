package org.compnn.explain;

import java.util.List;

/**
 * How one output agrees with another.
 *
 * @param answer what is measured
 * @param against what it is measured against
 * @param metrics in the order of {@link Explanation#metrics}: for label maps pixel accuracy, class
 *     accuracy, mean IoU and the IoU of each class, 0..1; for pictures L1 on 0..1, PSNR in dB and
 *     SSIM; NaN where undefined
 */
public record Agreement(Answer answer, Reference against, List<Double> metrics) {
  public Agreement {
    metrics = List.copyOf(metrics);
  }

  /** An output that is measured. */
  public enum Answer {
    /** The network's own. */
    NETWORK,
    /** Pasted from the labels that were chosen. */
    CHOSEN,
    /** Pasted from the labels that were not chosen. */
    UNCHOSEN
  }

  /** An output that is measured against. */
  public enum Reference {
    NETWORK,
    TRUTH
  }
}
