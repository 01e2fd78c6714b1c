/** Questions that take many matches: globals, layers, activations, databases, errors. */
@NullMarked
package org.compnn.study;

import org.jspecify.annotations.NullMarked;
