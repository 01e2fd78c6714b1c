@NullMarked
package org.compnn.bench.truth;

import org.jspecify.annotations.NullMarked;
