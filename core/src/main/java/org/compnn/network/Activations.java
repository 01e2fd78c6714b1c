package org.compnn.network;

import java.util.List;
import org.compnn.image.Picture;
import org.compnn.image.Raster;

/**
 * What a network made of one picture.
 *
 * @param input the picture as the network saw it, resized to the network's input size, before
 *     normalisation
 * @param frame where the picture lies in that input
 * @param prediction the network's output as a person sees it: a label map (arg max, threshold), a
 *     picture or values; unlabelled, black or without value where the input holds padding alone
 * @param output the raw output: class scores, class indices, image channels or values, at the
 *     prediction's size
 * @param layers the layers that were asked for, in that order
 */
public record Activations(
    Picture input, Frame frame, Raster prediction, FeatureMap output, List<FeatureMap> layers) {
  public Activations {
    layers = List.copyOf(layers);
  }
}
