/** The folder that holds the embedded training set: build, open, verify, select. */
@NullMarked
package org.compnn.database;

import org.jspecify.annotations.NullMarked;
