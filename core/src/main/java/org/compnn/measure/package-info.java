/** Metrics: how a picture or a label map agrees with another. */
@NullMarked
package org.compnn.measure;

import org.jspecify.annotations.NullMarked;
