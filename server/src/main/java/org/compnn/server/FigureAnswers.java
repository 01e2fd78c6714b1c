package org.compnn.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.compnn.explain.Explanation;
import org.compnn.image.Picture;
import org.compnn.report.PaperFigure;
import org.compnn.report.PaperPanel;

/** An explanation as a figure for a paper. */
final class FigureAnswers {
  private static final int MOST_PANELS = 12;
  private static final String WIDTH = "170";

  private FigureAnswers() {}

  /**
   * A figure as a request wants it.
   *
   * @param own the picture as it was given, where it is at hand
   * @param name {@code figure.svg} or {@code figure.pdf}
   * @throws Refusal 400 for a setting that is none, 404 for another name
   */
  static Reply of(Explainer.Answer answer, Optional<Picture> own, Request request, String name) {
    Explanation why = answer.explanation();
    PaperFigure figure =
        PaperFigure.of(
            List.of(new PaperFigure.Shown(why, own)),
            new PaperFigure.Layout(
                panels(request.query("panels").orElse("input,network,output")),
                whole("width", request, WIDTH, 20, 1000),
                whole("columns", request, "0", 0, 6),
                whole("sources", request, "6", 1, 20),
                request.query("captions").filter("0"::equals).isEmpty()));
    String saved = why.name() + "-" + name;
    return switch (name) {
      case "figure.svg" ->
          Reply.of("image/svg+xml", figure.svg().getBytes(StandardCharsets.UTF_8)).saved(saved);
      case "figure.pdf" -> Reply.of("application/pdf", figure.pdf()).saved(saved);
      default -> throw Refusal.notFound("expected figure.svg or figure.pdf, found " + name);
    };
  }

  private static List<PaperPanel> panels(String words) {
    List<PaperPanel> panels = new ArrayList<>();
    for (String word : words.split(",", -1)) {
      panels.add(
          PaperPanel.of(word)
              .orElseThrow(
                  () ->
                      Refusal.malformed("panels: expected names of panels, found '" + word + "'")));
    }
    if (panels.size() > MOST_PANELS) {
      throw Refusal.malformed(
          "panels: expected at most %d, found %d".formatted(MOST_PANELS, panels.size()));
    }
    return panels;
  }

  private static int whole(String name, Request request, String otherwise, int least, int most) {
    String text = request.query(name).orElse(otherwise);
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message.
    }
    throw Refusal.malformed(
        "%s: expected a whole number from %d to %d, found '%s'".formatted(name, least, most, text));
  }
}
