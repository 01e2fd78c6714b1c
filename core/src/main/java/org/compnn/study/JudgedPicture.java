package org.compnn.study;

import java.util.Optional;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.network.Frame;

/**
 * A judgement with what it is about, to be drawn.
 *
 * @param judgement what was found
 * @param input the picture as the network saw it
 * @param frame where the picture lies in that
 * @param output the network's
 * @param truth the right output at the same size, if it is known
 */
public record JudgedPicture(
    Judgement judgement, Picture input, Frame frame, Raster output, Optional<Raster> truth) {
  /** Of a picture that was matched and judged. */
  public static JudgedPicture of(Matched matched, Judgement judgement) {
    return new JudgedPicture(
        judgement, matched.input(), matched.frame(), matched.output(), matched.truth());
  }
}
