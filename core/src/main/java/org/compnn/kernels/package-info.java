/** The one door to SIMD: inner loops over packed and over stored numbers, each in two twins. */
@NullMarked
package org.compnn.kernels;

import org.jspecify.annotations.NullMarked;
