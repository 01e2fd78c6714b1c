@NullMarked
package org.compnn.bench.networks;

import org.jspecify.annotations.NullMarked;
