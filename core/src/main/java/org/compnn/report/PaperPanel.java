package org.compnn.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a panel of a {@link PaperFigure} shows. */
public enum PaperPanel {
  /** The picture, at its own resolution where the network saw all of it. */
  INPUT,
  /** The network's own output. */
  NETWORK,
  /** The right output. */
  TRUTH,
  /** What CompNN composed of the chosen labels. */
  OUTPUT,
  /** What it composed of the other labels. */
  OTHER,
  /** The input, pasted from training inputs. */
  RECONSTRUCTION,
  /** Where the composition differs from the network's output. */
  DIFFERENCE,
  /** Where the network's output differs from the right one. */
  ERROR,
  /** How far the best matches are. */
  DISTANCE,
  /** The composition, its main sources each in a colour. */
  CORRESPONDENCES,
  /** The main sources: training pictures with what was used of them in the same colour. */
  SOURCES;

  /** As a command line has it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The panel of a word. */
  public static Optional<PaperPanel> of(String word) {
    return Arrays.stream(values())
        .filter(panel -> panel.word().equals(word.strip().toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  /** All words, for messages. */
  public static String words() {
    return Arrays.stream(values()).map(PaperPanel::word).collect(Collectors.joining(", "));
  }
}
