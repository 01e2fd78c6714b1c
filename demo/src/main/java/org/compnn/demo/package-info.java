/** The first minute: data, networks, databases and a page to point at, all of our own making. */
@NullMarked
package org.compnn.demo;

import org.jspecify.annotations.NullMarked;
