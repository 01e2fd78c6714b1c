/** Explanations for people and machines: pictures, HTML, JSON, NPY. */
@NullMarked
package org.compnn.report;

import org.jspecify.annotations.NullMarked;
