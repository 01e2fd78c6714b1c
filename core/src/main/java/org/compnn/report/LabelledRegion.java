package org.compnn.report;

import java.util.Optional;
import org.compnn.compose.Mask;

/**
 * A region that has a class.
 *
 * @param label the class it should have
 * @param given the name of the class that it has so far, where that is known
 * @param mask its pixels
 */
record LabelledRegion(int label, Optional<String> given, Mask mask) {}
