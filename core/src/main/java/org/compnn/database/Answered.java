package org.compnn.database;

import java.util.Optional;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.network.Frame;

/**
 * What a network made of a training picture.
 *
 * @param input the picture as it was given
 * @param target its right output as it was given, where there is one
 * @param frame where it lay in the network's input
 * @param prediction the network's output
 */
public record Answered(Picture input, Optional<Raster> target, Frame frame, Raster prediction) {}
