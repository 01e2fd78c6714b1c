/** Training sets indexed and searched by a Spark cluster. */
@NullMarked
package org.compnn.spark;

import org.jspecify.annotations.NullMarked;
