package org.compnn.server;

import java.util.Optional;
import java.util.function.Supplier;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.image.PictureSize;
import org.compnn.image.Raster;
import org.compnn.image.Resample;
import org.compnn.image.Resize;
import org.compnn.image.ValueMap;
import org.compnn.image.ValueScale;
import org.compnn.network.Frame;
import org.compnn.report.ErrorPicture;

/** Pictures of databases and data sets as files; each is encoded once while there is room. */
final class TrainingPictures {
  private static final String PNG = "image/png";
  private static final String JPEG = "image/jpeg";

  /** Rows of the small pictures that lists show. */
  private static final int SMALL = 96;

  private static final float QUALITY = 0.85f;

  private final Cache<Reply> files;

  TrainingPictures(long mostBytes) {
    files = new Cache<>(mostBytes, reply -> reply.body().length);
  }

  /** An exemplar's input, original label or self-supervised label, or its input in small. */
  Reply exemplar(Request request, ServedDatabase served, String number, String kind) {
    int index = ServedDatabase.index(number, served.database().exemplars().size());
    Optional<ValueScale> range = range(request);
    Palette own = served.compnn().palette();
    Palette palette = range.map(own::showing).orElse(own);
    var database = served.database();
    return answer(
        request,
        served,
        "exemplar " + index + " " + kind + range.map(r -> " " + r).orElse(""),
        switch (kind) {
          case "input.png" -> () -> png(database.input(index), palette);
          case "small.jpg" -> () -> small(database.input(index));
          case "self.png" -> () -> png(database.prediction(index), palette);
          case "original.png" -> {
            if (!database.hasTarget(index)) {
              throw Refusal.notFound("this training picture has no original label");
            }
            yield () -> png(database.target(index), palette);
          }
          default ->
              throw Refusal.notFound(
                  "expected input.png, small.jpg, self.png or original.png, found " + kind);
        });
  }

  /** The range that values are shown in, if one is asked for. */
  private static Optional<ValueScale> range(Request request) {
    Optional<String> low = request.query("low");
    Optional<String> high = request.query("high");
    if (low.isEmpty() || high.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ValueScale(Float.parseFloat(low.get()), Float.parseFloat(high.get())));
    } catch (IllegalArgumentException e) {
      throw new Refusal(400, "expected low and high to be numbers, the lower first");
    }
  }

  /** A picture of the data set, in small. */
  Reply picture(Request request, ServedDatabase served, String number) {
    int index = ServedDatabase.index(number, served.pairs().size());
    return answer(
        request, served, "picture " + index, () -> small(served.pairs().get(index).input()));
  }

  /** A picture of the data set, as large as a grid shows it. */
  Reply medium(Request request, ServedDatabase served, int index) {
    return answer(
        request, served, "medium " + index, () -> medium(served.pairs().get(index).input()));
  }

  /** An exemplar, as large as a grid shows it. */
  Reply mediumExemplar(Request request, ServedDatabase served, int index) {
    return answer(
        request, served, "exemplar medium " + index, () -> medium(served.database().input(index)));
  }

  /** A picture as large as a grid shows it. */
  static Reply medium(Picture picture) {
    PictureSize size = new PictureSize(picture.height(), picture.width());
    return Reply.of(
        JPEG,
        PictureFile.jpeg(
            ErrorPicture.plain(picture, Frame.whole(size, size), PictureJudging.SMALL), QUALITY));
  }

  private Reply answer(
      Request request, ServedDatabase served, String what, Supplier<Reply> encode) {
    String tag = "\"" + served.version() + "-" + Integer.toHexString(what.hashCode()) + "\"";
    if (request.header("If-None-Match").filter(tag::equals).isPresent()) {
      return Reply.empty(304).with("ETag", tag);
    }
    String key = served.id() + " " + what;
    Optional<Reply> known = files.get(key);
    Reply reply = known.orElseGet(encode);
    if (known.isEmpty()) {
      files.put(key, reply);
    }
    // An address with the database's version never shows another picture.
    boolean exact = request.query("v").filter(served.version()::equals).isPresent();
    Reply tagged = reply.with("ETag", tag);
    return exact ? tagged.forever() : tagged.with("Cache-Control", "private, no-cache");
  }

  static Reply png(Raster raster, Palette palette) {
    return Reply.of(PNG, PictureFile.png(raster, palette));
  }

  private static Reply small(Raster raster) {
    return switch (raster) {
      case Picture picture -> {
        int height = Math.min(SMALL, picture.height());
        int width = Math.max(1, Math.round((float) picture.width() * height / picture.height()));
        yield Reply.of(
            JPEG,
            PictureFile.jpeg(Resize.picture(picture, height, width, Resample.BILINEAR), QUALITY));
      }
      case LabelMap _, ValueMap _ -> throw new IllegalArgumentException("inputs are pictures");
    };
  }
}
