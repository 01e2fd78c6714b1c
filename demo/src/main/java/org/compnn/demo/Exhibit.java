package org.compnn.demo;

import org.compnn.explain.Explanation;
import org.compnn.generate.FacadeStyle;
import org.compnn.image.Raster;

/**
 * An unseen building, explained.
 *
 * @param id its name
 * @param style the grammar that built it
 * @param why where every pixel of the network's output comes from
 * @param nearest the exemplar whose whole layer is nearest
 * @param global that exemplar's output: the answer of a global nearest neighbour
 */
record Exhibit(String id, FacadeStyle style, Explanation why, int nearest, Raster global) {}
