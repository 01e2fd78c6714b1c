/** Pasting along a field: output, input, activations; the global exemplar. */
@NullMarked
package org.compnn.compose;

import org.jspecify.annotations.NullMarked;
