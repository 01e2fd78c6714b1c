/** What the program answers today, kept in files and compared with what it answers now. */
@NullMarked
package org.compnn.golden;

import org.jspecify.annotations.NullMarked;
