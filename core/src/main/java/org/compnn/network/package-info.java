/** An ONNX network: its layers, their activations, what its output means, cutting it. */
@NullMarked
package org.compnn.network;

import org.jspecify.annotations.NullMarked;
