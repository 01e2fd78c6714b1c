/** The façade: open a database, explain a picture. */
@NullMarked
package org.compnn;

import org.jspecify.annotations.NullMarked;
