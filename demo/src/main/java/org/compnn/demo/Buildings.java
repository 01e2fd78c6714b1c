package org.compnn.demo;

import java.util.List;
import java.util.stream.IntStream;
import org.compnn.CompNN;
import org.compnn.database.Database;
import org.compnn.database.Exemplar;

/**
 * The training buildings as the page shows them: photo, labels, and what either network made of
 * them. Both databases hold the same buildings in the same order.
 */
final class Buildings {
  private static final float QUALITY = 0.75f;
  private static final String STYLE = "style=";

  private final int count;
  private List<Painted> painted = List.of();
  private List<Labelled> labelled = List.of();

  /**
   * A building, its pictures as addresses that hold them.
   *
   * @param painted what the painting network made of its labels
   * @param labelled what the labelling network made of its photo
   */
  record BuildingView(
      String id, String style, String photo, String painted, String labels, String labelled) {}

  private record Painted(String id, String style, String photo, String painted) {}

  private record Labelled(String labels, String labelled) {}

  Buildings(int count) {
    this.count = count;
  }

  /** Adds what a direction's database has. */
  void show(Stage stage, CompNN compnn) {
    Database database = compnn.database();
    if (database.exemplars().size() != count) {
      throw new IllegalStateException("a database of other buildings");
    }
    List<String> targets = IntStream.range(0, count).mapToObj(i -> target(database, i)).toList();
    List<String> predictions =
        IntStream.range(0, count)
            .mapToObj(i -> Pictures.address(database.prediction(i), QUALITY))
            .toList();
    if (stage.direction() == Direction.PAINT) {
      painted =
          database.exemplars().stream()
              .map(e -> painted(e, targets.get(e.index()), predictions.get(e.index())))
              .toList();
    } else {
      labelled =
          IntStream.range(0, count)
              .mapToObj(i -> new Labelled(targets.get(i), predictions.get(i)))
              .toList();
    }
  }

  private static String target(Database database, int exemplar) {
    return Pictures.address(database.target(exemplar), QUALITY);
  }

  private static Painted painted(Exemplar exemplar, String photo, String painted) {
    String style =
        exemplar.tags().stream()
            .filter(tag -> tag.startsWith(STYLE))
            .findFirst()
            .orElseThrow()
            .substring(STYLE.length());
    return new Painted(exemplar.id(), style, photo, painted);
  }

  /** All of them, by their index in the databases. */
  List<BuildingView> views() {
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              Painted one = painted.get(i);
              Labelled other = labelled.get(i);
              return new BuildingView(
                  one.id(),
                  one.style(),
                  one.photo(),
                  one.painted(),
                  other.labels(),
                  other.labelled());
            })
        .toList();
  }
}
