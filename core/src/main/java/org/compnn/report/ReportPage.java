package org.compnn.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.compnn.explain.Explanation;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.threads.Workers;
import org.compnn.viewer.Address;
import org.compnn.viewer.ClassView;
import org.compnn.viewer.EmbeddedView;
import org.compnn.viewer.Markup;
import org.compnn.viewer.Modules;
import org.compnn.viewer.Page;

/**
 * The page that shows explanations: one file that works from disk and asks nothing of a network.
 */
final class ReportPage {
  /**
   * Characters that training pictures may take, so that the page stays one that people can send.
   */
  static final long GALLERY_BUDGET = 1_650_000;

  /** Pictures that are looked at alone; of all others the script reads what a pixel says. */
  private static final Set<String> SEEN = Set.of("input", "reconstruction");

  private static final String UNSEEN =
      "<noscript><p class=\"notice\">This report needs JavaScript to draw its pictures. The same"
          + " pictures and numbers are in the folders beside this file.</p></noscript>";
  private static final String FOOTER =
      "<p>CompNN, Compositional Nearest Neighbors (<span class=\"nobreak\">arXiv"
          + " 1711.10683</span>). This page is a single file and works offline.</p>";

  private ReportPage() {}

  /**
   * What the page's script reads.
   *
   * @param classes those of the network's output, if it labels
   * @param gallery the training pictures
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Data(
      List<PictureView> pictures,
      Optional<List<ClassView>> classes,
      List<CitedExemplars.Cited> gallery) {}

  /**
   * A picture explained.
   *
   * @param folder where its files lie, beside the page
   */
  record PictureView(String folder, EmbeddedView why, List<SectionView> sections) {}

  /**
   * A section that comes ready made.
   *
   * @param figures as SVG
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record SectionView(String title, String lead, List<String> figures, Optional<Table> table) {
    static SectionView of(Section section, Palette palette, Drawings drawings) {
      return new SectionView(
          section.title(),
          section.lead(),
          section.figures().stream().map(figure -> drawings.svg(figure, palette)).toList(),
          section.table());
    }
  }

  /**
   * The whole page.
   *
   * @param chapters one or more
   * @param folders the folder of each beside the page
   * @param drawings the figures, as far as they are drawn
   * @param workers encode pictures
   */
  static String html(
      List<Chapter> chapters, List<String> folders, Drawings drawings, Workers workers) {
    Data data = data(chapters, folders, drawings, workers);
    return new Page(
            title(chapters),
            Page.sharedStyle(),
            List.of(
                Markup.element(
                    "nav", Map.of("id", "pictures", "aria-label", "Pictures"), List.of())),
            List.of(Markup.raw(UNSEEN)),
            List.of(
                Markup.element(
                    "p",
                    Map.of("id", "trust"),
                    List.of(
                        Markup.text(ModelCard.of(chapters.stream().map(Chapter::why).toList())))),
                Markup.raw(FOOTER),
                Markup.element("p", Map.of(), List.of(held(data)))),
            List.of(),
            Optional.of(new Page.Live(data, Modules.of(ReportPage.class, "report.js").bundle())))
        .html();
  }

  private static String title(List<Chapter> chapters) {
    String first = chapters.getFirst().why().name();
    int others = chapters.size() - 1;
    return others == 0 ? first : first + " and " + others + (others == 1 ? " other" : " others");
  }

  /** How much of the training set the file holds. */
  private static Markup held(Data data) {
    List<CitedExemplars.Cited> gallery = data.gallery();
    long shown = gallery.stream().filter(each -> each.input().isPresent()).count();
    return Markup.text(
        shown == gallery.size()
            ? "It holds all " + shown + " training pictures that it names."
            : "So that it can be mailed, it holds the "
                + shown
                + " training pictures that give most of the "
                + gallery.size()
                + " that it names; the database has all.");
  }

  private static Data data(
      List<Chapter> chapters, List<String> folders, Drawings drawings, Workers workers) {
    Explanation first = chapters.getFirst().why();
    Palette palette = first.palette();
    List<PictureView> pictures = new ArrayList<>();
    for (int i = 0; i < chapters.size(); i++) {
      Chapter chapter = chapters.get(i);
      pictures.add(
          new PictureView(
              folders.get(i),
              EmbeddedView.of(
                  chapter.why(),
                  EmbeddedView.PICTURES,
                  (name, raster) ->
                      SEEN.contains(name)
                          ? Address.seen(raster, palette)
                          : Address.of(raster, palette)),
              chapter.sections().stream().map(s -> SectionView.of(s, palette, drawings)).toList()));
    }
    return new Data(
        pictures,
        first.network() instanceof LabelMap ? Optional.of(ClassView.of(palette)) : Optional.empty(),
        new CitedExemplars(chapters.stream().map(Chapter::why).toList(), workers)
            .within(GALLERY_BUDGET, palette));
  }
}
