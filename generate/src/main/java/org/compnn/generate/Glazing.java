package org.compnn.generate;

/**
 * How a building's windows are made.
 *
 * @param frame colour of frame and bars
 * @param thickness of the frame, in scene units
 * @param columns panes across
 * @param rows panes down
 * @param rise height of the arch on top, 0 for none
 * @param room colour of the room behind
 * @param cloth colour of the curtains
 * @param curtained share of windows with curtains
 */
record Glazing(
    int frame,
    double thickness,
    int columns,
    int rows,
    double rise,
    int room,
    int cloth,
    double curtained) {
  Glazing withPanes(int across, int down) {
    return new Glazing(frame, thickness, across, down, rise, room, cloth, curtained);
  }

  Glazing withRise(double height) {
    return new Glazing(frame, thickness, columns, rows, height, room, cloth, curtained);
  }
}
