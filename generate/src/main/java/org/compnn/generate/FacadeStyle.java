package org.compnn.generate;

import java.util.Locale;

/** The styles of building, each with a grammar and materials of its own. */
public enum FacadeStyle {
  /** Parisian limestone: tall windows, iron balconies, a zinc mansard with dormers. */
  HAUSSMANN,
  /** Brick town house: sash windows under stone lintels, a bracketed cornice or a stepped gable. */
  BRICK,
  /** Half-timbered: plaster between dark beams, small panes, shutters, a steep tiled gable. */
  TIMBER,
  /** Flat-roofed block: large panes, glass balconies, coloured panels, pilotis. */
  MODERN;

  /** The name in tags and on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@code style=} and the name. */
  public String tag() {
    return "style=" + label();
  }
}
