package org.compnn.network;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.compnn.image.Picture;
import org.compnn.image.PictureSize;
import org.compnn.image.Raster;
import org.compnn.network.graph.OnnxFile;
import org.compnn.network.graph.Port;
import org.compnn.network.run.Running;
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
  private final InputWriting writing;
  private final SpatialOutput spatial;
  private final Output output;
  private final Size shown;
  private final Canvas canvas;
  private final Sessions sessions;

  ForwardPass(
      OnnxFile file,
      PictureInput input,
      Preprocessing preprocessing,
      SpatialOutput spatial,
      Output output,
      Size shown,
      Canvas canvas,
      Running running) {
    this.file = file.path();
    this.input = input;
    this.preprocessing = preprocessing;
    this.writing = new InputWriting(input, preprocessing);
    this.spatial = spatial;
    this.output = output;
    this.shown = shown;
    this.canvas = canvas;
    List<Port> inputs = List.of(inputPort());
    this.sessions = new Sessions(exposed -> new Session(file, inputs, exposed, running));
  }

  Port inputPort() {
    return input.port(canvas.window());
  }

  Port outputPort() {
    return spatial.port();
  }

  /** What is done to a picture that is not in the files, a line for each. */
  List<String> adjustments() {
    List<String> lines = new ArrayList<>();
    Size size = preprocessing.size();
    if (canvas.tiled()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s: run in %d tiles of %s, joined in the middle of their overlaps; the explanation"
                  + " is of the whole",
              size,
              canvas.windows(),
              canvas.window()));
    } else if (!canvas.whole()) {
      lines.add(
          "%s does not fit; the network runs at %s, the padding (%s) is cut off"
              .formatted(size, canvas.window(), canvas.padding()));
    }
    if (input.batch() > 1) {
      lines.add(
          String.format(
              Locale.ROOT,
              "the network takes %d pictures at once; each is given %d times, the first answer"
                  + " counts",
              input.batch(),
              input.batch()));
    }
    lines.addAll(input.read(preprocessing));
    return lines;
  }

  /**
   * Runs the network on a picture, in as many windows as it takes.
   *
   * @param layers those to return
   * @param open further ones that are laid open but not read
   */
  Activations run(
      Sample seen, Frame frame, List<? extends Reading> layers, List<? extends Reading> open) {
    return run(seen, frame, layers, open, preprocessing, float[]::new);
  }

  /**
   * The same.
   *
   * @param arrays gives arrays for the cells of layers, whatever is in them
   */
  Activations run(
      Sample seen, Frame frame, List<? extends Reading> layers, IntFunction<float[]> arrays) {
    return run(seen, frame, layers, List.of(), preprocessing, arrays);
  }

  /**
   * The same with another way to make numbers of pixels.
   *
   * @param how scale, mean, deviation and order of channels count
   */
  Activations run(
      Sample seen,
      Frame frame,
      List<? extends Reading> layers,
      List<? extends Reading> open,
      Preprocessing how) {
    return run(seen, frame, layers, open, how, float[]::new);
  }

  private Activations run(
      Sample seen,
      Frame frame,
      List<? extends Reading> layers,
      List<? extends Reading> open,
      Preprocessing how,
      IntFunction<float[]> arrays) {
    InputWriting by = how.equals(preprocessing) ? writing : new InputWriting(input, how);
    List<Port> tensors = Stream.concat(layers.stream(), open.stream()).map(Reading::port).toList();
    List<FeatureMap> joined = new ArrayList<>();
    for (int window = 0; window < canvas.windows(); window++) {
      int number = window;
      List<FeatureMap> parts =
          window(
              slot -> write(seen, frame, number, by, slot.floatsIn(input.tensor())),
              tensors,
              slot ->
                  Stream.concat(
                          Stream.of(spatial.read(slot)),
                          layers.stream().map(l -> l.read(slot, arrays)))
                      .toList());
      if (canvas.whole()) {
        joined.addAll(parts);
      } else {
        for (int i = 0; i < parts.size(); i++) {
          if (number == 0) {
            joined.add(canvas.room(parts.get(i)));
          }
          canvas.join(parts.get(i), number, joined.get(i));
        }
      }
    }
    List<FeatureMap> maps = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      maps.add(layers.get(i).whole(joined.get(i + 1)));
    }
    return rendered(seen.picture(), frame, joined.getFirst(), maps);
  }

  /** Runs a network that takes pictures in one window, for tensors as they are there. */
  <T> T observe(Sample seen, Frame frame, List<Port> tensors, Function<Slot, T> read) {
    return window(
        slot -> write(seen, frame, 0, writing, slot.floatsIn(input.tensor())), tensors, read);
  }

  /** Runs the network on one window with some tensors exposed besides its output. */
  private <T> T window(Consumer<Slot> write, List<Port> tensors, Function<Slot, T> read) {
    // One session serves the same tensors in any order.
    Set<Port> exposed = new TreeSet<>(Comparator.comparing(Port::tensor));
    exposed.addAll(tensors);
    exposed.add(spatial.port());
    return sessions.with(List.copyOf(exposed), session -> session.run(write, read));
  }

  private void write(Sample seen, Frame frame, int number, InputWriting by, FloatBuffer into) {
    by.write(canvas.cut(seen, number), into);
    if (preprocessing.framing().zeroes() && frame.isPadded()) {
      Picture shown = seen.picture();
      byte[] white = new byte[shown.rgb().length];
      Arrays.fill(white, (byte) 255);
      Picture all = new Picture(shown.height(), shown.width(), white);
      Picture held = (Picture) frame.held(shown.height(), shown.width()).only(all);
      by.blank(canvas.cut(Sample.of(held), number).picture(), into);
    }
  }

  /** What a session that gives the network's output for one window has made of a picture. */
  Activations rendered(Picture seen, Frame frame, Slot slot) {
    return rendered(seen, frame, canvas.cropped(spatial.read(slot)), List.of());
  }

  private Activations rendered(Picture seen, Frame frame, FeatureMap raw, List<FeatureMap> maps) {
    FeatureMap scores =
        output instanceof Output.Labels
            ? Enlarged.nearest(raw, shown)
            : Enlarged.bilinear(raw, shown);
    Raster whole = Rendering.of(scores, output);
    Frame.Region held = frame.held(whole.height(), whole.width());
    return new Activations(seen, frame, held.only(whole), scores, maps);
  }

  /**
   * Where a picture comes to lie in the input.
   *
   * @throws UserError if it has another size than the input and may not be resized
   */
  Frame frame(Picture picture) {
    Size size = preprocessing.size();
    PictureSize own = new PictureSize(picture.height(), picture.width());
    boolean larger = own.height() > size.height() || own.width() > size.width();
    boolean other = own.height() != size.height() || own.width() != size.width();
    boolean unchanged = preprocessing.framing().rule() instanceof ResizeRule.Unchanged;
    if ((other && !preprocessing.resize())
        || (larger && unchanged && preprocessing.framing().crop().isEmpty())) {
      throw new UserError(
          "%s: expected a picture of %s%s since do_resize is false, found %dx%d"
              .formatted(
                  file, size, unchanged ? " or less" : "", picture.height(), picture.width()));
    }
    return preprocessing.framing().frame(own, size);
  }

  /** A sample as the network sees it, before normalisation. */
  Sample laid(Sample sample, Frame frame) {
    Picture own = sample.picture();
    Size size = preprocessing.size();
    return new GivenInputs(file, input)
        .laid(
            sample,
            lay(own, frame),
            raster ->
                raster instanceof Picture picture
                        && picture.height() == own.height()
                        && picture.width() == own.width()
                    ? lay(picture, frame)
                    : Framing.lay(raster, frame, size.height(), size.width()));
  }

  /** A picture of the input's size as all that the network is given. */
  Sample seen(Picture picture) {
    return new GivenInputs(file, input).laid(Sample.of(picture), picture, raster -> raster);
  }

  /** A picture as the network sees it, before normalisation. */
  private Picture lay(Picture picture, Frame frame) {
    return preprocessing.framing().lay(picture, frame, preprocessing.resample());
  }

  /** Frees the sessions; runs under way end first. */
  @Override
  public void close() {
    sessions.close();
  }
}
