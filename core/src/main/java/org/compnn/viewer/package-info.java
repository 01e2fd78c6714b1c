/**
 * What every page that shows an explanation shares: the scripts and the style, the JSON that they
 * read, the encoding of a field, and the skeleton of a page that is one file.
 */
@NullMarked
package org.compnn.viewer;

import org.jspecify.annotations.NullMarked;
