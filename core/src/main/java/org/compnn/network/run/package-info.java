/**
 * Graphs handed to ONNX Runtime: sessions, the tensors that pass through them, what is asked of
 * them beforehand.
 */
@NullMarked
package org.compnn.network.run;

import org.jspecify.annotations.NullMarked;
