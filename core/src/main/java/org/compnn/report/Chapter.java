package org.compnn.report;

import java.util.ArrayList;
import java.util.List;
import org.compnn.explain.Explanation;

/**
 * An explanation as a report shows it.
 *
 * @param why the explanation
 * @param sections what else was found out about it, in the order to be shown
 */
public record Chapter(Explanation why, List<Section> sections) {
  public Chapter {
    sections = List.copyOf(sections);
  }

  public static Chapter of(Explanation why) {
    return new Chapter(why, List.of());
  }

  /** The same with a further section at the end. */
  public Chapter with(Section section) {
    List<Section> more = new ArrayList<>(sections);
    more.add(section);
    return new Chapter(why, more);
  }

  /** The same with a further section before the others. */
  Chapter beginning(Section section) {
    List<Section> more = new ArrayList<>(sections);
    more.addFirst(section);
    return new Chapter(why, more);
  }
}
