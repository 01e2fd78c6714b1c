package org.compnn.network;

/** At which size an output that is coarser than the picture is shown and measured. */
public enum OutputSize {
  /** At the size of the picture as the network sees it; scores are interpolated. */
  PICTURE,
  /** At its own. */
  NETWORK
}
