package org.compnn.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.compnn.network.InputPart;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import org.jspecify.annotations.Nullable;

/** What a layout finds on its way: pairs, what is left out, what is assumed. */
final class Listing {
  private final DatasetOptions options;
  private final List<Pair> pairs = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();
  private final Set<String> notes = new LinkedHashSet<>();
  private List<String> classes = List.of();
  private @Nullable SideBySide sideBySide;

  Listing(DatasetOptions options) {
    this.options = options;
  }

  TargetFormat format() {
    return options.format();
  }

  void add(Pair pair) {
    pairs.add(pair);
  }

  void addAll(List<Pair> more) {
    pairs.addAll(more);
  }

  /** Refuses a pair, or leaves it out and counts it, as the options say. */
  void skip(String why) {
    if (!options.skipBroken()) {
      throw UserError.about(Knob.SKIP_BROKEN, why);
    }
    skipped.add(why);
  }

  /** Says what was assumed; the same line once. */
  void note(String line) {
    notes.add(line);
  }

  /** The names of the classes that label maps hold. */
  void classes(List<String> names) {
    classes = names;
  }

  /** What a class is called: as the network says, or, without one, as the data set does. */
  String className(int index, List<String> own) {
    return format() instanceof TargetFormat.Labels labels
        ? labels.palette().name(index)
        : own.get(index);
  }

  /** An input and its target in two files, as the direction says. */
  Pair pair(String id, List<String> tags, Path input, Optional<Path> target) {
    if (swapped()) {
      Path newInput =
          target.orElseThrow(
              () -> new UserError(input + ": expected a target to take as the input, found none"));
      return new FilePair(id, tags, newInput, Optional.of(input), options.format());
    }
    return new FilePair(id, tags, input, target, options.format());
  }

  /** What the network reads. */
  List<InputPart> inputs() {
    return options.inputs();
  }

  boolean swapped() {
    return options.direction().equals(Optional.of(Direction.BTOA));
  }

  /** Each picture holds an input and its target. */
  void sideBySide(SideBySide value) {
    sideBySide = value;
  }

  Dataset dataset(Path path, DatasetLayout layout) {
    List<String> names =
        classes.isEmpty() && format() instanceof TargetFormat.Labels labels
            ? labels.palette().names()
            : classes;
    return new Dataset(
        path.toAbsolutePath().normalize().getFileName().toString(),
        pairs.stream().map(pair -> SamplePair.of(pair, options.inputs())).toList(),
        skipped,
        options.skipBroken(),
        new Reading(
            Optional.of(layout), names, List.copyOf(notes), Optional.ofNullable(sideBySide)));
  }
}
