/** The page: databases explored in a browser, over a small JSON interface. */
@NullMarked
package org.compnn.server;

import org.jspecify.annotations.NullMarked;
