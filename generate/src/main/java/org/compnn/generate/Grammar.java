package org.compnn.generate;

import org.compnn.generate.Shape.Box;

/** How a style puts a building together. */
interface Grammar {
  /**
   * Paints the building onto a scene that has its sky and its neighbours.
   *
   * @return the ground floor's front
   */
  Box build(Scene scene);

  static Grammar of(FacadeStyle style) {
    return switch (style) {
      case HAUSSMANN -> scene -> new Haussmann(scene).build();
      case BRICK -> scene -> new Brick(scene).build();
      case TIMBER -> scene -> new Timber(scene).build();
      case MODERN -> scene -> new Modern(scene).build();
    };
  }
}
