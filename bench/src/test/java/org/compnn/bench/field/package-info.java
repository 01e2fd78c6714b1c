@NullMarked
package org.compnn.bench.field;

import org.jspecify.annotations.NullMarked;
