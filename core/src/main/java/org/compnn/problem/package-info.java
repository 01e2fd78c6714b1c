/**
 * What a person did wrong, in one line: which file, what was expected, what was found, what to do.
 */
@NullMarked
package org.compnn.problem;

import org.jspecify.annotations.NullMarked;
