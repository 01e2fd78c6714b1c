package org.compnn.network;

import java.util.Optional;

/**
 * A tensor that the tail of a cut network reads from its head.
 *
 * @param tensor its name in the ONNX file
 * @param layer the layer that it is; none where it is something else, such as the indices of a max
 *     pooling, that passes as it is
 */
public record Crossing(String tensor, Optional<Layer> layer) {}
