package org.compnn.viewer;

import org.compnn.image.PictureSize;
import org.compnn.network.Frame;

/**
 * Where a picture lies in the network's input. Row y of the input is row {@code (y - top) x
 * picture.height / resized.height} of the picture itself, columns likewise.
 *
 * @param picture the picture's own size
 * @param resized what it was resized to
 * @param top the input's row at which that begins; negative where it is cut
 * @param left the input's column at which it begins
 * @param input the input's size
 */
public record FrameView(
    PictureSize picture, PictureSize resized, int top, int left, PictureSize input) {
  static FrameView of(Frame frame) {
    return new FrameView(
        frame.picture(), frame.resized(), frame.top(), frame.left(), frame.input());
  }
}
