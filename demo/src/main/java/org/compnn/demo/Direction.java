package org.compnn.demo;

import org.compnn.generate.Facade;
import org.compnn.image.Picture;
import org.compnn.image.Raster;

/** The two ways between photos and labels. */
enum Direction {
  /** Labels in, a photo out. */
  PAINT(ShippedModel.PAINTER, org.compnn.dataset.Direction.BTOA),
  /** A photo in, labels out. */
  LABEL(ShippedModel.LABELLER, org.compnn.dataset.Direction.ATOB);

  private final ShippedModel model;
  private final org.compnn.dataset.Direction data;

  Direction(ShippedModel model, org.compnn.dataset.Direction data) {
    this.model = model;
    this.data = data;
  }

  ShippedModel model() {
    return model;
  }

  /** How the pairs of photos and label maps are to be read. */
  org.compnn.dataset.Direction data() {
    return data;
  }

  Picture input(Facade facade) {
    return this == PAINT ? facade.colouredLabels() : facade.photo();
  }

  Raster target(Facade facade) {
    return this == PAINT ? facade.photo() : facade.labels();
  }
}
