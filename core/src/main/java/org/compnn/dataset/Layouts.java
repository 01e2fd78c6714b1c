package org.compnn.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.compnn.image.PictureFile;
import org.compnn.image.PictureSize;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;

/** Finds the pairs of a data set in each of the layouts. */
final class Layouts {
  private final Path path;
  private final DatasetOptions options;
  private final Listing listing;

  Layouts(Path path, DatasetOptions options) {
    this.path = path;
    this.options = options;
    this.listing = new Listing(options);
  }

  Dataset read() {
    if (!Files.exists(path)) {
      throw new UserError(
          path + ": expected a data set, found no such file or folder; check the path");
    }
    DatasetLayout layout =
        options.layout().orElseGet(() -> Detection.of(path, options.direction().isPresent()));
    switch (layout) {
      case PAIRED -> paired();
      case SIDE_BY_SIDE -> sideBySide();
      case LIST ->
          listing.addAll(new ListFile(path, listing::pair, listing::skip, listing::note).read());
      case CITYSCAPES -> listing.addAll(cityscapes());
      case CSV ->
          listing.addAll(
              new CsvFile(path, listing::pair, listing.inputs(), listing::skip, listing::note)
                  .read());
      case COCO -> new CocoFolder(path, listing).list();
      case YOLO -> new YoloFolder(path, listing).list();
      case VOC -> new VocFolder(path, listing).list();
      case ADE20K -> new AdeFolder(path, listing).list();
      case NNUNET -> new NnUnetFolder(path, listing).list();
      case LABELME -> new LabelMeFolder(path, listing).list();
      case PARQUET -> new ParquetFolder(path, listing).list();
      case INPUTS -> listing.addAll(inputs());
    }
    return listing.dataset(path, layout);
  }

  private void paired() {
    List<PairedFolders> folders = PairedFolders.at(path);
    if (folders.isEmpty()) {
      throw new UserError(
          "%s: expected a folder of inputs (one of %s) and one of targets (one of %s), found none; rename them or write a CSV file"
              .formatted(
                  path,
                  String.join(", ", PairedFolders.inputNames()),
                  String.join(", ", PairedFolders.targetNames())));
    }
    for (PairedFolders each : folders) {
      if (!each.inputs().startsWith(path) || each.inputs().equals(path)) {
        listing.note("Targets of " + each.inputs() + " taken from " + each.targets());
      }
      listing.addAll(paired(each));
    }
  }

  private List<Pair> paired(PairedFolders folders) {
    Path inputs = folders.inputs();
    Path targets = folders.targets();
    Tags tags = Tags.beside(path);
    Twins twins = Twins.of(inputs, targets);
    if (!twins.beside().isEmpty()) {
      listing.note(
          String.format(
              Locale.ROOT,
              "%s: left out %d files beside the targets, such as %s",
              targets,
              twins.beside().size(),
              twins.beside().getFirst().getFileName()));
    }
    List<Pair> pairs = new ArrayList<>();
    twins
        .inputs()
        .forEach(
            (id, input) -> {
              Optional<Path> target = Optional.ofNullable(twins.targets().get(id));
              if (target.isEmpty()) {
                listing.skip(
                    input
                        + ": expected a target "
                        + targets.resolve(id)
                        + ".*, found none; add it or skip broken pairs");
                return;
              }
              List<String> names = new ArrayList<>(folders.tags());
              names.addAll(PictureTree.folders(inputs, input));
              String whole = folders.prefix() + id;
              pairs.add(pair(whole, tags.of(whole, names), input, target.get()));
            });
    for (Path alone : twins.alone()) {
      listing.skip(
          alone
              + ": expected an input "
              + inputs.resolve(PictureTree.stem(targets, alone))
              + ".*, found none; add it or skip broken pairs");
    }
    return pairs;
  }

  private Pair pair(String id, List<String> tags, Path input, Path target) {
    boolean trained =
        listing.format() instanceof TargetFormat.Labels labels
            && labels.palette().size() == CityscapesPair.TRAINING_IDS;
    if (!trained || listing.swapped() || !target.toString().endsWith("_labelIds.png")) {
      return listing.pair(id, tags, input, Optional.of(target));
    }
    listing.note(
        target.getParent()
            + ": Cityscapes' ids in files named _labelIds were made the 19 training ids");
    return new CityscapesPair(
        new FilePair(id, tags, input, Optional.empty(), listing.format()), target);
  }

  private void sideBySide() {
    Direction direction =
        options
            .direction()
            .orElseThrow(
                () ->
                    UserError.about(
                        Knob.DIRECTION,
                        path
                            + ": side-by-side pairs need a direction, AtoB (the left half is the"
                            + " input) or BtoA"));
    Tags tags = Tags.beside(path);
    Map<String, Path> files = PictureTree.byStem(path);
    for (Map.Entry<String, Path> each : files.entrySet()) {
      String id = each.getKey();
      Path file = each.getValue();
      listing.add(
          new SideBySidePair(
              id, tags.of(id, PictureTree.folders(path, file)), file, direction, options.format()));
    }
    if (!files.isEmpty()) {
      PictureSize size = PictureFile.size(files.values().iterator().next());
      listing.sideBySide(new SideBySide(direction, (double) size.width() / size.height()));
    }
  }

  private List<Pair> inputs() {
    Tags tags = Tags.beside(path);
    List<Pair> pairs = new ArrayList<>();
    for (Map.Entry<String, Path> each : PictureTree.byStem(path).entrySet()) {
      String id = each.getKey();
      Path file = each.getValue();
      String folder = path.relativize(file).getName(0).toString();
      if (SampleFiles.isOfFurtherInput(folder, options.inputs())) {
        continue;
      }
      pairs.add(
          new FilePair(
              id,
              tags.of(id, PictureTree.folders(path, file)),
              file,
              Optional.empty(),
              options.format()));
    }
    return pairs;
  }

  private List<Pair> cityscapes() {
    Path photos = path.resolve("leftImg8bit");
    Path labels = path.resolve("gtFine");
    boolean toPhoto = listing.swapped();
    List<Pair> pairs = new ArrayList<>();
    for (Path photo : PictureTree.files(photos, 9)) {
      String stem = PictureTree.stem(photos, photo);
      if (!stem.endsWith("_leftImg8bit")) {
        continue;
      }
      String id = stem.substring(0, stem.length() - "_leftImg8bit".length());
      List<String> tags = cityTags(PictureTree.folders(photos, photo));
      List<String> endings =
          toPhoto || options.format() instanceof TargetFormat.Image
              ? List.of("_gtFine_color.png")
              : List.of("_gtFine_labelTrainIds.png", "_gtFine_labelIds.png");
      Optional<Path> twin =
          endings.stream()
              .map(ending -> labels.resolve(id + ending))
              .filter(Files::isRegularFile)
              .findFirst();
      if (twin.isEmpty()) {
        listing.skip(
            photo
                + ": expected "
                + labels.resolve(id + endings.getLast())
                + ", found no such file; add it or skip broken pairs");
      } else if (toPhoto) {
        pairs.add(new FilePair(id, tags, twin.get(), Optional.of(photo), options.format()));
      } else if (twin.get().toString().endsWith("labelIds.png")) {
        pairs.add(
            new CityscapesPair(
                new FilePair(id, tags, photo, Optional.empty(), options.format()), twin.get()));
      } else {
        pairs.add(new FilePair(id, tags, photo, twin, options.format()));
      }
    }
    return pairs;
  }

  private static List<String> cityTags(List<String> folders) {
    List<String> keys = List.of("split", "city");
    List<String> tags = new ArrayList<>();
    for (int i = 0; i < Math.min(keys.size(), folders.size()); i++) {
      tags.add(keys.get(i) + "=" + folders.get(i));
    }
    return tags;
  }
}
