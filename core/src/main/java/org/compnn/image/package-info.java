/** Pictures, label maps and palettes: reading, writing, resizing. */
@NullMarked
package org.compnn.image;

import org.jspecify.annotations.NullMarked;
