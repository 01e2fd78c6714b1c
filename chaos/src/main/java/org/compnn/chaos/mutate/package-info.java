/** Files changed in ways that their own format knows, and what reads them. */
@NullMarked
package org.compnn.chaos.mutate;

import org.jspecify.annotations.NullMarked;
