package org.compnn.network;

import java.util.Locale;

/** What lies around a picture where a network's window reaches beyond it. */
public enum Padding {
  /** The picture's last row and column, repeated. */
  EDGE,
  /** Black. */
  ZERO;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
