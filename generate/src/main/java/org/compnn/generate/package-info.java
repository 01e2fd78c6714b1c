/** Facades out of a seed: label maps of the twelve CMP classes and pictures rendered from them. */
@NullMarked
package org.compnn.generate;

import org.jspecify.annotations.NullMarked;
