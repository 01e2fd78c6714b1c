/** The field search against other libraries' approximate searches, on the same hyperpatches. */
@NullMarked
package org.compnn.bench.field;

import org.jspecify.annotations.NullMarked;
