package org.compnn.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.compnn.problem.UserError;

/**
 * Inputs and the targets that belong to them by name: of the same stem, or of one to which an
 * ending such as {@code _mask} was added.
 *
 * @param targets each input's target, by the input's stem
 * @param inputs of all inputs, by their stems
 * @param alone targets that belong to no input
 * @param beside further files of an input that has its target, such as {@code _color} of Cityscapes
 */
record Twins(
    Map<String, Path> inputs, Map<String, Path> targets, List<Path> alone, List<Path> beside) {

  /** What is added to an input's stem for its target; the first that is there is taken. */
  private static final List<String> TARGETS =
      List.of(
          "_gtfine_labeltrainids",
          "_labeltrainids",
          "_gtfine_labelids",
          "_labelids",
          "_mask",
          "_masks",
          "_label",
          "_labels",
          "_gt",
          "_groundtruth",
          "_segmentation",
          "_seg",
          "_annotation",
          "_target",
          "_l");

  /** What else may lie beside a target. */
  private static final List<String> BESIDE =
      List.of("_gtfine_color", "_gtfine_instanceids", "_color", "_colour", "_instanceids", "_vis");

  /** What inputs may have that their targets lack. */
  private static final List<String> INPUTS =
      List.of("_leftimg8bit", "_image", "_img", "_sat", "_rgb", "_photo", "_input");

  /** A stem without an ending, and the place of that ending in its list. */
  private record Bare(String stem, int rank) {}

  private record Candidate(Path file, int rank) {}

  /**
   * Finds the twins of two folders.
   *
   * @throws UserError if two files of one folder have the same stem, or two could be one's target
   */
  static Twins of(Path inputFolder, Path targetFolder) {
    Map<String, Path> inputs = PictureTree.byStem(inputFolder);
    Map<String, Path> left = PictureTree.byStem(targetFolder);
    Map<String, Path> found = new LinkedHashMap<>();
    for (String stem : inputs.keySet()) {
      Path same = left.remove(stem);
      if (same != null) {
        found.put(stem, same);
      }
    }
    Map<String, List<Candidate>> byBare = new LinkedHashMap<>();
    left.forEach(
        (stem, file) ->
            bare(stem, TARGETS)
                .ifPresent(
                    bare ->
                        byBare
                            .computeIfAbsent(bare.stem, s -> new ArrayList<>())
                            .add(new Candidate(file, bare.rank))));
    Set<Path> taken = new LinkedHashSet<>(found.values());
    for (String stem : inputs.keySet()) {
      if (!found.containsKey(stem)) {
        target(stem, byBare, left)
            .ifPresent(
                file -> {
                  found.put(stem, file);
                  taken.add(file);
                });
      }
    }
    Set<String> paired = new LinkedHashSet<>(found.keySet());
    found.keySet().forEach(stem -> bare(stem, INPUTS).ifPresent(b -> paired.add(b.stem)));
    List<Path> alone = new ArrayList<>();
    List<Path> beside = new ArrayList<>();
    left.forEach(
        (stem, file) -> {
          if (!taken.contains(file)) {
            (isBeside(stem, paired) ? beside : alone).add(file);
          }
        });
    return new Twins(inputs, found, alone, beside);
  }

  private static Optional<Path> target(
      String stem, Map<String, List<Candidate>> byBare, Map<String, Path> left) {
    Optional<String> bare = bare(stem, INPUTS).map(Bare::stem);
    List<Candidate> candidates = new ArrayList<>(byBare.getOrDefault(stem, List.of()));
    if (candidates.isEmpty() && bare.isPresent()) {
      Path same = left.get(bare.get());
      if (same != null) {
        return Optional.of(same);
      }
      candidates.addAll(byBare.getOrDefault(bare.get(), List.of()));
    }
    candidates.sort(Comparator.comparingInt(Candidate::rank));
    if (candidates.size() > 1 && candidates.get(0).rank == candidates.get(1).rank) {
      throw new UserError(
          "%s and %s: expected one target of %s, found two; rename or remove one"
              .formatted(candidates.get(0).file, candidates.get(1).file.getFileName(), stem));
    }
    return candidates.stream().findFirst().map(Candidate::file);
  }

  private static boolean isBeside(String stem, Set<String> paired) {
    return bare(stem, BESIDE).or(() -> bare(stem, TARGETS)).stream()
        .anyMatch(bare -> paired.contains(bare.stem));
  }

  /** The stem without the first of the endings that it has; points and dashes count as _. */
  private static Optional<Bare> bare(String stem, List<String> endings) {
    String plain = stem.toLowerCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    for (int i = 0; i < endings.size(); i++) {
      int length = stem.length() - endings.get(i).length();
      if (length > 0 && plain.endsWith(endings.get(i))) {
        return Optional.of(new Bare(stem.substring(0, length), i));
      }
    }
    return Optional.empty();
  }
}
