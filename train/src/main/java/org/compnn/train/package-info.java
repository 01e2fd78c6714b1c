/** The paper's networks, trained on pairs with PyTorch under DJL and written as ONNX. */
@NullMarked
package org.compnn.train;

import org.jspecify.annotations.NullMarked;
