/** Files: written whole or not at all, hashed, named, and read from the program itself. */
@NullMarked
package org.compnn.files;

import org.jspecify.annotations.NullMarked;
