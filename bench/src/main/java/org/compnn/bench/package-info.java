/** The benchmarks. */
@NullMarked
package org.compnn.bench;

import org.jspecify.annotations.NullMarked;
