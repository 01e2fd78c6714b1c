package org.compnn.explain;

import java.util.List;
import java.util.Optional;
import org.compnn.database.Database;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.network.Frame;

/** A database's exemplars as reports show them; without original labels the network's stand in. */
record DatabaseGallery(Database database) implements Gallery {
  @Override
  public String id(int exemplar) {
    return database.exemplars().get(exemplar).id();
  }

  @Override
  public List<String> tags(int exemplar) {
    return database.exemplars().get(exemplar).tags();
  }

  @Override
  public Optional<Frame> frame(int exemplar) {
    return database.frame(exemplar);
  }

  @Override
  public Picture input(int exemplar) {
    return database.input(exemplar);
  }

  @Override
  public Raster target(int exemplar) {
    return database.hasTarget(exemplar) ? database.target(exemplar) : database.prediction(exemplar);
  }

  @Override
  public Raster prediction(int exemplar) {
    return database.prediction(exemplar);
  }
}
