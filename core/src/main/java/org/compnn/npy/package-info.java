/** NPY files: arrays that NumPy opens as they are, written and mapped. */
@NullMarked
package org.compnn.npy;

import org.jspecify.annotations.NullMarked;
