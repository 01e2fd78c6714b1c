package org.compnn.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.compnn.image.Raster;

/**
 * A part of a report: a title, a sentence, figures and numbers.
 *
 * @param key a short name of letters, digits and dashes: that of its SVG files and of its JSON
 * @param title what it is about
 * @param lead a sentence or two on how to read it
 * @param figures its pictures
 * @param drawings further figures as SVG, by name without ending
 * @param table its numbers
 * @param pictures pictures that are written beside the report as PNG, by name without ending
 * @param csv tables that are written beside the report as comma-separated values, by name without
 *     ending
 * @param json its numbers for programs: records, or lists of them
 */
public record Section(
    String key,
    String title,
    String lead,
    List<Figure> figures,
    Map<String, String> drawings,
    Optional<Table> table,
    Map<String, Raster> pictures,
    Map<String, Table> csv,
    Optional<Object> json) {
  public Section {
    figures = List.copyOf(figures);
    drawings = Collections.unmodifiableMap(new LinkedHashMap<>(drawings));
    pictures = Collections.unmodifiableMap(new LinkedHashMap<>(pictures));
    csv = Collections.unmodifiableMap(new LinkedHashMap<>(csv));
  }

  public static Section of(String key, String title, String lead) {
    return new Section(
        key,
        title,
        lead,
        List.of(),
        Map.of(),
        Optional.empty(),
        Map.of(),
        Map.of(),
        Optional.empty());
  }

  public Section with(Figure... drawn) {
    return new Section(key, title, lead, List.of(drawn), drawings, table, pictures, csv, json);
  }

  public Section with(List<Figure> drawn) {
    return new Section(key, title, lead, drawn, drawings, table, pictures, csv, json);
  }

  public Section with(Table numbers) {
    return new Section(
        key, title, lead, figures, drawings, Optional.of(numbers), pictures, csv, json);
  }

  /** One more figure, as SVG. */
  public Section withDrawing(String name, String svg) {
    Map<String, String> more = new LinkedHashMap<>(drawings);
    more.put(name, svg);
    return new Section(key, title, lead, figures, more, table, pictures, csv, json);
  }

  public Section withPictures(Map<String, ? extends Raster> beside) {
    return new Section(
        key, title, lead, figures, drawings, table, new LinkedHashMap<>(beside), csv, json);
  }

  /** One more table beside the report. */
  public Section withCsv(String name, Table values) {
    Map<String, Table> more = new LinkedHashMap<>(csv);
    more.put(name, values);
    return new Section(key, title, lead, figures, drawings, table, pictures, more, json);
  }

  /** The same with numbers for programs. */
  public Section withJson(Object numbers) {
    return new Section(
        key, title, lead, figures, drawings, table, pictures, csv, Optional.of(numbers));
  }
}
