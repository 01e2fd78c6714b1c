/** Training pairs on disk, in the layouts that people have. */
@NullMarked
package org.compnn.dataset;

import org.jspecify.annotations.NullMarked;
