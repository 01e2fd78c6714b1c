package org.compnn.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a data set was understood.
 *
 * @param layout how it lies on disk; empty for one that a program made
 * @param classes the names of the classes that its label maps hold, by index; empty where the data
 *     set says none and no network was asked
 * @param notes what was assumed, one line each, for a person to read before a long run
 * @param sideBySide how each picture holds an input and its target, where one holds both
 */
public record Reading(
    Optional<DatasetLayout> layout,
    List<String> classes,
    List<String> notes,
    Optional<SideBySide> sideBySide) {
  /** Of a data set that a program made. */
  static final Reading UNTOLD =
      new Reading(Optional.empty(), List.of(), List.of(), Optional.empty());

  /** The same, with further notes. */
  Reading with(List<String> more) {
    List<String> all = new ArrayList<>(notes);
    all.addAll(more);
    return new Reading(layout, classes, all, sideBySide);
  }

  public Reading {
    classes = List.copyOf(classes);
    notes = List.copyOf(notes);
  }
}
