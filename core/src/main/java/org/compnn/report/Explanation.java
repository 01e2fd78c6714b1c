package org.compnn.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.compnn.compose.Contribution;
import org.compnn.compose.CorrespondenceMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.measure.MetricsTable;
import org.compnn.measure.Synthesis;
import org.compnn.search.Field;
import org.compnn.search.FieldCheck;

/**
 * One picture explained: what the network made of it, and from which training pixels the same can
 * be put together. Made by {@link #builder}.
 *
 * @param name the picture's name
 * @param settings how it was explained
 * @param palette names and colours of the classes; without classes for networks that paint
 * @param input the picture as the network saw it
 * @param network the network's own output
 * @param truth the right output, if it is known
 * @param composition the output pasted from the chosen labels
 * @param other the output pasted from the labels not chosen, if it was made
 * @param reconstruction the input pasted from training inputs
 * @param field which training cells every cell came from
 * @param check how near the field comes to the exact one, if it is not that and was checked
 * @param contributions the exemplars that gave something, those that gave most first
 * @param correspondences a colour for each of them
 * @param agreement how network and compositions agree, with each other and with the truth
 * @param reconstructed how near the reconstruction is to the input
 * @param timings milliseconds by stage, in the order of the stages
 * @param sections what else was found out about it, in the order to be shown
 */
public record Explanation(
    String name,
    ExplanationSettings settings,
    Palette palette,
    Picture input,
    Raster network,
    Optional<Raster> truth,
    Raster composition,
    Optional<Raster> other,
    Picture reconstruction,
    Field field,
    Optional<FieldCheck> check,
    List<Contribution> contributions,
    CorrespondenceMap correspondences,
    MetricsTable agreement,
    Synthesis reconstructed,
    Map<String, Double> timings,
    List<Section> sections) {
  public Explanation {
    sections = List.copyOf(sections);
    contributions = List.copyOf(contributions);
    timings = Collections.unmodifiableMap(new LinkedHashMap<>(timings));
  }

  /** The same with a further section at the end. */
  public Explanation with(Section section) {
    return with(sections.size(), section);
  }

  /** The same with a further section before the others. */
  Explanation beginning(Section section) {
    return with(0, section);
  }

  private Explanation with(int at, Section section) {
    List<Section> more = new ArrayList<>(sections);
    more.add(at, section);
    return new Explanation(
        name,
        settings,
        palette,
        input,
        network,
        truth,
        composition,
        other,
        reconstruction,
        field,
        check,
        contributions,
        correspondences,
        agreement,
        reconstructed,
        timings,
        more);
  }

  /** Where the outputs pasted from original and from self-supervised labels differ. */
  public Optional<Picture> difference() {
    return other.map(unchosen -> Difference.of(composition, unchosen, palette));
  }

  /** Gathers the parts of an explanation; contributions and agreement are worked out of them. */
  public static ExplanationBuilder builder(
      String name, ExplanationSettings settings, Palette palette) {
    return new ExplanationBuilder(name, settings, palette);
  }
}
