/**
 * Chromium for tests and benchmarks, driven over the DevTools protocol with real input events; and
 * what a test does where the machine lacks something that it needs.
 */
@NullMarked
package org.compnn.browser;

import org.jspecify.annotations.NullMarked;
