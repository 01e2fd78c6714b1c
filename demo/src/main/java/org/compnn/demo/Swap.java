package org.compnn.demo;

import java.util.Map;
import org.compnn.explain.Explanation;
import org.compnn.generate.FacadeStyle;

/**
 * One building put together from the exemplars of one style at a time.
 *
 * @param exhibit the building, explained by all exemplars
 * @param styles the same by those of each style alone
 */
record Swap(Exhibit exhibit, Map<FacadeStyle, Explanation> styles) {}
