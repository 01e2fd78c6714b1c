package org.compnn.network;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.compnn.image.Picture;
import org.compnn.image.Resize;
import org.compnn.network.graph.OnnxFile;
import org.compnn.network.graph.Port;
import org.compnn.network.run.Session;
import org.compnn.network.run.Sessions;
import org.compnn.network.run.Slot;
import org.compnn.problem.UserError;

/**
 * The way of a picture through a network: made to fit its input, run with some tensors exposed, its
 * output rendered. Safe for use by many threads.
 */
final class ForwardPass implements AutoCloseable {
  private final Path file;
  private final PictureInput input;
  private final Preprocessing preprocessing;
  private final SpatialOutput spatial;
  private final Output output;
  private final Sessions sessions;

  ForwardPass(
      OnnxFile file,
      PictureInput input,
      Preprocessing preprocessing,
      SpatialOutput spatial,
      Output output,
      int threads) {
    this.file = file.path();
    this.input = input;
    this.preprocessing = preprocessing;
    this.spatial = spatial;
    this.output = output;
    List<Port> inputs = List.of(inputPort());
    this.sessions = new Sessions(exposed -> new Session(file, inputs, exposed, threads));
  }

  Port inputPort() {
    return input.port(preprocessing.size());
  }

  Port outputPort() {
    return spatial.port();
  }

  /** Runs the network on a picture with some tensors exposed besides its output. */
  <T> T observe(Picture picture, List<Port> tensors, BiFunction<Picture, Slot, T> read) {
    // One session serves the same tensors in any order.
    Set<Port> exposed = new TreeSet<>(Comparator.comparing(Port::tensor));
    exposed.addAll(tensors);
    exposed.add(spatial.port());
    Picture seen = fit(picture);
    return sessions.with(
        List.copyOf(exposed),
        session ->
            session.run(
                slot -> input.write(seen, preprocessing, slot.floatsIn(input.tensor())),
                slot -> read.apply(seen, slot)));
  }

  /** What a session that gives the network's output has made of a picture. */
  Activations rendered(Picture seen, Slot slot, List<FeatureMap> maps) {
    FeatureMap raw = spatial.read(slot);
    return new Activations(seen, Rendering.of(raw, output), raw, maps);
  }

  /** A picture as the network sees it, before normalisation. */
  private Picture fit(Picture picture) {
    Size size = preprocessing.size();
    if (picture.height() == size.height() && picture.width() == size.width()) {
      return picture;
    }
    if (!preprocessing.resize()) {
      throw new UserError(
          "%s: expected a picture of %s since do_resize is false, found %dx%d"
              .formatted(file, size, picture.height(), picture.width()));
    }
    return Resize.picture(picture, size.height(), size.width(), preprocessing.resample());
  }

  /** Frees the sessions; runs under way end first. */
  @Override
  public void close() {
    sessions.close();
  }
}
