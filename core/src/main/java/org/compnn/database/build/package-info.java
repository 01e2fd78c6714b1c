/** Building databases: embedding a training set, and adding to one that is there. */
@NullMarked
package org.compnn.database.build;

import org.jspecify.annotations.NullMarked;
