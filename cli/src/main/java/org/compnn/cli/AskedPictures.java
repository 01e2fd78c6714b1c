package org.compnn.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.compnn.CompNN;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.Direction;
import org.compnn.dataset.Pair;
import org.compnn.dataset.SideBySide;
import org.compnn.dataset.TargetFormat;
import org.compnn.explain.Query;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.image.PictureSize;
import org.compnn.image.ValueFile;
import org.compnn.measure.EvenSample;
import org.compnn.problem.UserError;

/**
 * The pictures that a command explains: single ones, the input halves of side-by-side pairs, and
 * those of whole data sets, with the right output where it is known.
 */
final class AskedPictures {
  private static final Pattern LIST = Pattern.compile(".*\\.(csv|txt|lst|tsv|json|yaml|yml)");

  private AskedPictures() {}

  /**
   * All of them, each read when it is asked for.
   *
   * @param most pictures of each data set
   * @param note hears how the pictures are understood
   * @throws UserError if something is missing, or is no picture by its head
   */
  static List<Supplier<Query>> of(
      List<Path> paths,
      CompNN compnn,
      DatasetArguments arguments,
      SampleArguments inputs,
      int most,
      Consumer<String> note) {
    List<Supplier<Query>> asked = new ArrayList<>();
    for (Path path : paths) {
      if (isDataset(path)) {
        Dataset dataset = arguments.open(path, compnn);
        dataset.reading().notes().forEach(note);
        dataset.skipped().forEach(why -> note.accept("Skipped " + why));
        for (Pair pair : EvenSample.of(dataset.pairs(), most)) {
          asked.add(() -> query(pair));
        }
      } else {
        Optional<Direction> half = half(path, compnn, arguments);
        half.ifPresent(direction -> note.accept(note(path, direction)));
        asked.add(
            () -> half.map(h -> cut(path, h, compnn)).orElseGet(() -> inputs.query(compnn, path)));
      }
    }
    return asked;
  }

  /** A single picture. */
  static Query one(Path path, CompNN compnn, SampleArguments inputs, Consumer<String> note) {
    return of(List.of(path), compnn, new DatasetArguments(), inputs, 1, note).getFirst().get();
  }

  private static boolean isDataset(Path path) {
    return Files.isDirectory(path)
        || (Files.isRegularFile(path)
            && LIST.matcher(path.toString().toLowerCase(Locale.ROOT)).matches());
  }

  /** Which half of a picture is the input: as was said, or as the training pictures had it. */
  private static Optional<Direction> half(Path path, CompNN compnn, DatasetArguments arguments) {
    // A mistake in the last picture is said before the first is searched for.
    PictureSize size =
        ValueFile.isNamedValues(path) ? ValueFile.size(path) : PictureFile.size(path);
    if (arguments.direction().isPresent() || arguments.inputsAlone()) {
      return arguments.direction().filter(direction -> !arguments.inputsAlone());
    }
    return compnn
        .database()
        .sideBySide()
        .filter(pairs -> pairs.fits(size))
        .map(SideBySide::direction);
  }

  private static String note(Path path, Direction direction) {
    return "%s: the %s half is the input, the other one the right output"
        .formatted(path, direction == Direction.ATOB ? "left" : "right");
  }

  private static Query cut(Path path, Direction half, CompNN compnn) {
    TargetFormat format = TargetFormat.of(compnn.network().output());
    Pair.Content content = SideBySide.cut(Picture.read(path), half, format, path.toString());
    return new Query(ExplainCommand.stem(path), content.sample(), content.target());
  }

  private static Query query(Pair pair) {
    Pair.Content content = pair.read();
    return new Query(pair.id(), content.sample(), content.target());
  }
}
