package org.compnn.compose;

/** Which outputs of the training set are pasted. */
public enum Labels {
  /** The original label y_n, as the data set gives it. */
  ORIGINAL,
  /** The self-supervised label f(x_n): what the network itself makes of the training input. */
  SELF;

  /** The labels that these are not. */
  public Labels other() {
    return this == SELF ? ORIGINAL : SELF;
  }
}
