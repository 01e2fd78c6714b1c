/** An ONNX network: its layers, their geometry, running it, cutting it. */
@NullMarked
package org.compnn.network;

import org.jspecify.annotations.NullMarked;
