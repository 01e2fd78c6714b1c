/** An ONNX graph: its file, its tensors and what makes them, parts cut out of it. */
@NullMarked
package org.compnn.network.graph;

import org.jspecify.annotations.NullMarked;
