/** Chromium for tests and benchmarks, driven over the DevTools protocol with real input events. */
@NullMarked
package org.compnn.browser;

import org.jspecify.annotations.NullMarked;
