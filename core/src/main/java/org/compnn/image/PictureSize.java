package org.compnn.image;

/**
 * How large a picture is when it stands upright.
 *
 * @param height rows of pixels
 * @param width columns of pixels
 */
public record PictureSize(int height, int width) {
  /** As people say it: columns x rows. */
  @Override
  public String toString() {
    return width + " x " + height;
  }
}
