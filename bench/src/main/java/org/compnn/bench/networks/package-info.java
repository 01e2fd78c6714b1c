/** What works with each of many networks: layers, index, self-match, the output. */
@NullMarked
package org.compnn.bench.networks;

import org.jspecify.annotations.NullMarked;
