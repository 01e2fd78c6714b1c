package org.compnn.study;

import java.util.Optional;
import org.compnn.compose.Traced;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.network.Frame;
import org.compnn.search.Field;
import org.compnn.search.Found;

/**
 * A picture that the network ran on and that was matched: all that a judgement needs.
 *
 * @param id its name
 * @param input as the network saw it
 * @param frame where the picture lies in that
 * @param output the network's
 * @param truth the right output at the same size, if it is known
 * @param found the field
 * @param traced where pixels come from along it
 * @param embedding along the principal axes of training pictures; empty where there are none
 * @param places of each cell along those of training cells, the numbers of a cell together
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by identity; no map key.
public record Matched(
    String id,
    Picture input,
    Frame frame,
    Raster output,
    Optional<Raster> truth,
    Found found,
    Traced traced,
    float[] embedding,
    float[] places) {
  /** The correspondences. */
  public Field field() {
    return found.field();
  }
}
