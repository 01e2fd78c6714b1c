/** Whether the training pixels that an explanation cites made the network do it, by retraining. */
@NullMarked
package org.compnn.bench.truth;

import org.jspecify.annotations.NullMarked;
