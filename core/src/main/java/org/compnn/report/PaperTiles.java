package org.compnn.report;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.compnn.compose.Contribution;
import org.compnn.compose.CorrespondenceMap;
import org.compnn.compose.Mask;
import org.compnn.explain.Explanation;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.image.ValueMap;
import org.compnn.image.ValueScale;
import org.compnn.network.Frame;
import org.compnn.search.Field;
import org.compnn.viewer.Words;

/** Makes the panels of one explanation. */
final class PaperTiles {
  /** Pictures under marks are brought so near to white. */
  private static final double PALE = 0.72;

  /** Rows or columns of a picture that the network saw a part of. */
  private static final int MOST = 4096;

  private final Explanation why;
  private final Optional<Picture> own;
  private final MainSources sources;
  private final CorrespondenceMap colours;

  /**
   * @param own the picture as it was given
   */
  PaperTiles(Explanation why, Optional<Picture> own, int most) {
    this.why = why;
    this.own = own;
    this.sources = MainSources.of(why, most);
    this.colours = CorrespondenceMap.of(sources.ranked());
  }

  /** The panels of a kind: none where there is nothing to show, several for the sources. */
  List<PaperTile> of(PaperPanel panel) {
    return switch (panel) {
      case INPUT -> List.of(tile(input(), "Input", why.name()));
      case NETWORK -> List.of(output(why.network(), "Network", ""));
      case TRUTH -> why.truth().map(truth -> List.of(output(truth, "Truth", ""))).orElse(List.of());
      case OUTPUT -> List.of(output(why.composition(), "CompNN", pasted()));
      case OTHER ->
          why.other()
              .map(
                  other ->
                      List.of(
                          output(other, "CompNN", Words.pasted(why.settings().labels().other()))))
              .orElse(List.of());
      case RECONSTRUCTION ->
          List.of(tile(cut(why.reconstruction()), "Reconstruction", "from training inputs"));
      case DIFFERENCE ->
          List.of(
              tile(
                  cut(DifferenceMap.of(why.network(), why.composition(), why.palette())),
                  "Difference",
                  "network and CompNN"));
      case ERROR ->
          why.truth()
              .map(
                  truth ->
                      List.of(
                          tile(
                              cut(DifferenceMap.of(truth, why.network(), why.palette())),
                              "Error",
                              "network and truth")))
              .orElse(List.of());
      case DISTANCE -> List.of(distance());
      case CORRESPONDENCES -> List.of(correspondences());
      case SOURCES -> sources();
    };
  }

  private String pasted() {
    return Words.pasted(why.settings().labels());
  }

  private PaperTile tile(Raster raster, String caption, String note) {
    return new PaperTile(
        raster, shape(why.frame(), raster), caption, note, -1, List.of(), Optional.empty());
  }

  private PaperTile output(Raster raster, String caption, String note) {
    Optional<PaperTile.Scale> scale =
        raster instanceof ValueMap map && map.channels() == 1
            ? why.palette().scale().map(range -> new PaperTile.Scale("Output", range))
            : Optional.empty();
    Raster shown = cut(raster);
    return new PaperTile(shown, shape(why.frame(), shown), caption, note, -1, List.of(), scale);
  }

  /** As it was given, cut as the network saw it; else what the network saw. */
  private Raster input() {
    Frame frame = why.frame();
    return own.flatMap(p -> frame.isWhole() ? Optional.of(p) : frame.fine(p, MOST).map(this::cut))
        .map(Raster.class::cast)
        .orElseGet(() -> cut(why.input()));
  }

  private Raster cut(Raster raster) {
    return why.frame().held(raster.height(), raster.width()).cut(raster);
  }

  /** Height over width of the picture itself, whatever the network made of it. */
  private static double shape(Frame frame, Raster shown) {
    double stretched =
        ((double) frame.picture().height() / frame.resized().height())
            / ((double) frame.picture().width() / frame.resized().width());
    return frame.isWhole()
        ? (double) frame.picture().height() / frame.picture().width()
        : stretched * shown.height() / shown.width();
  }

  private PaperTile distance() {
    Field field = why.field();
    float[] values = new float[field.rows() * field.columns()];
    for (int cell = 0; cell < values.length; cell++) {
      float distance = field.distance()[cell * field.topK()];
      values[cell] = Float.isFinite(distance) ? distance : Float.NaN;
    }
    ValueMap map = new ValueMap(field.rows(), field.columns(), 1, values);
    ValueScale range = ValueScale.of(Stream.of(map));
    Raster shown = cut(range.paint(map));
    return new PaperTile(
        shown,
        shape(why.frame(), shown),
        "Distance",
        "of the best match",
        -1,
        List.of(),
        Optional.of(new PaperTile.Scale("Distance", range)));
  }

  private PaperTile correspondences() {
    Raster whole = why.composition();
    Picture pale = pale(why.palette().paint(whole), whole instanceof LabelMap ? PALE : 0.5);
    List<PaperTile.Marked> marked = new ArrayList<>();
    Frame.Region held = why.frame().held(whole.height(), whole.width());
    for (int rank = 0; rank < sources.ranked().size(); rank++) {
      Mask mask = sources.given(rank).at(whole.height(), whole.width());
      marked.add(
          new PaperTile.Marked(
              cut(mask, held), colours.colour(sources.ranked().get(rank).exemplar()), 0.6, true));
    }
    double share = sources.ranked().stream().mapToDouble(Contribution::share).sum();
    return tile(
            held.cut(pale),
            "Correspondences",
            String.format(
                Locale.ROOT,
                "%d of %d sources, %.0f %%",
                sources.ranked().size(),
                why.contributions().size(),
                100 * share))
        .with(marked);
  }

  private static Mask cut(Mask mask, Frame.Region held) {
    if (held.covers(mask.height(), mask.width())) {
      return mask;
    }
    BitSet pixels = new BitSet();
    for (int row = held.top(); row < held.bottom(); row++) {
      for (int column = held.left(); column < held.right(); column++) {
        pixels.set(
            (row - held.top()) * held.width() + column - held.left(), mask.contains(row, column));
      }
    }
    return new Mask(held.height(), held.width(), pixels);
  }

  private List<PaperTile> sources() {
    List<PaperTile> tiles = new ArrayList<>();
    for (int rank = 0; rank < sources.ranked().size(); rank++) {
      Contribution contribution = sources.ranked().get(rank);
      int exemplar = contribution.exemplar();
      // What a painting network was trained to paint says more than the label map it was given.
      Raster picture =
          why.network() instanceof Picture
              ? why.gallery().target(exemplar)
              : why.gallery().input(exemplar);
      Mask used = sources.used(why, picture.height(), picture.width()).get(rank);
      int colour = colours.colour(exemplar);
      Optional<Frame> frame = why.gallery().frame(exemplar);
      Frame.Region held =
          frame
              .map(f -> f.held(picture.height(), picture.width()))
              .orElse(new Frame.Region(0, 0, picture.height(), picture.width()));
      Raster shown = held.cut(picture);
      tiles.add(
          new PaperTile(
              shown,
              frame.map(f -> shape(f, shown)).orElse((double) shown.height() / shown.width()),
              why.gallery().id(exemplar),
              Table.percent(contribution.share()),
              colour,
              List.of(new PaperTile.Marked(cut(used, held), colour, 0.45, true)),
              Optional.empty()));
    }
    return tiles;
  }

  private static Picture pale(Picture picture, double towardsWhite) {
    byte[] rgb = picture.rgb().clone();
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) Math.round(255 - (255 - (rgb[i] & 0xff)) * (1 - towardsWhite));
    }
    return new Picture(picture.height(), picture.width(), rgb);
  }
}
