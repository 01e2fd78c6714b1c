/** What the documents say, for tests of whether it is so. */
@NullMarked
package org.compnn.documents;

import org.jspecify.annotations.NullMarked;
