package org.compnn.network;

/**
 * One of a network's inputs.
 *
 * @param name its tensor's name
 * @param kind what it reads
 * @param channels numbers a pixel
 */
public record InputPart(String name, Kind kind, int channels) {
  /** What an input reads. */
  public enum Kind {
    /** A picture of 1 or 3 channels of 8 bits, scaled and normalised. */
    PICTURE,
    /** One channel beside a picture: 1 where a mask is above 0, else 0. */
    MASK,
    /** Any other number of channels: values as they are stored, scaled and normalised. */
    VALUES
  }
}
