package org.compnn.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.compnn.image.LabelMap;
import org.compnn.image.PictureFile;
import org.compnn.image.PictureSize;
import org.compnn.problem.UserError;

/** The pairs of one COCO file. */
record CocoPairs(
    Path file,
    CocoJson coco,
    Map<Long, Integer> places,
    ClassMapping mapping,
    Listing listing,
    boolean several) {
  private static final Pattern PARENT = Pattern.compile("^[Aa]nnotation");

  void list() {
    String stem = PictureTree.stem(Path.of(""), file.getFileName());
    Optional<String> split = Splits.within(stem).or(() -> Splits.within(name(folder())));
    Path root = folder().resolve(PARENT.matcher(name(folder())).find() ? ".." : "").normalize();
    Whereabouts pictures = Whereabouts.near(root, folder(), split, List.of());
    Whereabouts segments = Whereabouts.near(root, folder(), split, List.of(stem, stem + "_masks"));
    for (CocoJson.Picture picture : coco.pictures()) {
      Optional<Path> found = pictures.find(picture.name());
      if (found.isEmpty()) {
        listing.skip(
            "%s: expected the picture %s below %s, found no such file; add it or skip broken pairs"
                .formatted(file, picture.name(), root));
        continue;
      }
      String id = PictureTree.stem(Path.of(""), Path.of(picture.name().replace('\\', '/')));
      String whole = several ? split.orElse(stem) + "/" + id : id;
      List<String> tags = split.map(s -> "split=" + s).stream().toList();
      labels(picture, segments)
          .ifPresent(labels -> listing.add(AnnotatedPair.of(whole, tags, found.get(), labels)));
    }
  }

  private static String name(Path folder) {
    Path name = folder.getFileName();
    return name == null ? "" : name.toString();
  }

  private Path folder() {
    return file.toAbsolutePath().normalize().resolveSibling("");
  }

  private Optional<AnnotatedPair.Labels> labels(CocoJson.Picture picture, Whereabouts segments) {
    if (coco.panoptics().isEmpty()) {
      List<Region> regions =
          coco.annotations(picture).stream()
              .map(a -> new Region(place(a.category()), a.crowd(), a.shape()))
              .toList();
      return Optional.of(size -> painted(picture, regions, size));
    }
    CocoJson.Panoptic panoptic = coco.panoptics().get(picture.key());
    Optional<Path> png = panoptic == null ? Optional.empty() : segments.find(panoptic.name());
    if (panoptic == null || png.isEmpty()) {
      listing.skip(
          "%s: expected the segments of %s as a PNG%s, found none; add it or skip broken pairs"
              .formatted(
                  file, picture.name(), panoptic == null ? "" : " named " + panoptic.name()));
      return Optional.empty();
    }
    return Optional.of(size -> segments(picture, panoptic, png.get(), size));
  }

  private int place(long category) {
    Integer place = places.get(category);
    if (place == null) {
      throw new UserError(
          "%s: expected a category with id %d, as an annotation has it, found none"
              .formatted(file, category));
    }
    return place;
  }

  private LabelMap painted(CocoJson.Picture picture, List<Region> regions, PictureSize size) {
    check(picture, size);
    for (Region region : regions) {
      if (region.shape() instanceof Shape.Runs runs
          && (runs.height() != size.height() || runs.width() != size.width())) {
        throw new UserError(
            "%s: expected run lengths over %s pixels for %s, found %d x %d"
                .formatted(file, size, picture.name(), runs.width(), runs.height()));
      }
    }
    return Region.paint(
        regions, size.height(), size.width(), mapping, Region.Overlap.SMALLER_ON_TOP);
  }

  private LabelMap segments(
      CocoJson.Picture picture, CocoJson.Panoptic panoptic, Path png, PictureSize size) {
    check(picture, size);
    var colours = PictureFile.read(png);
    if (colours.height() != size.height() || colours.width() != size.width()) {
      throw new UserError(
          "%s: expected %s pixels as %s has, found %d x %d"
              .formatted(png, size, picture.name(), colours.width(), colours.height()));
    }
    byte[] classes = new byte[Math.multiplyExact(size.height(), size.width())];
    int last = 0;
    byte value = (byte) LabelMap.UNLABELLED;
    for (int i = 0; i < classes.length; i++) {
      int pixel = colours.pixel(i / size.width(), i % size.width());
      if (pixel != last) {
        last = pixel;
        value = pixel == 0 ? (byte) LabelMap.UNLABELLED : segment(panoptic, pixel, png);
      }
      classes[i] = value;
    }
    return new LabelMap(size.height(), size.width(), classes);
  }

  private byte segment(CocoJson.Panoptic panoptic, int pixel, Path png) {
    int id = Integer.reverseBytes(pixel) >>> 8;
    Long category = panoptic.categories().get(id);
    if (category == null) {
      throw new UserError(
          "%s: expected segments that %s lists, found %d".formatted(png, file.getFileName(), id));
    }
    return mapping.of(place(category));
  }

  private void check(CocoJson.Picture picture, PictureSize size) {
    if (picture.height() != size.height() || picture.width() != size.width()) {
      throw new UserError(
          "%s: expected %d x %d pixels in %s, found %s; was it resized or turned after it was annotated?"
              .formatted(file, picture.width(), picture.height(), picture.name(), size));
    }
  }
}
