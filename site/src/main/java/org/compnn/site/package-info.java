/** The documents as static pages. */
@NullMarked
package org.compnn.site;

import org.jspecify.annotations.NullMarked;
