package org.compnn.server;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.compnn.Index;
import org.compnn.database.Database;
import org.compnn.database.Exemplar;
import org.compnn.image.PictureSize;
import org.compnn.network.Layer;
import org.compnn.network.Task;
import org.compnn.viewer.ClassView;

/** What the interface says of databases. */
final class DatabaseAnswers {
  private DatabaseAnswers() {}

  /**
   * A database in a few words.
   *
   * @param version another one whenever a byte of the database is
   */
  record Summary(String id, String version, int exemplarCount) {}

  /**
   * A database with its layers, exemplars and pictures to choose from.
   *
   * @param task segmentation or image
   * @param targets whether any exemplar has an original label
   * @param classes those of the network's output, if it labels
   * @param tags how many exemplars have each
   * @param pictures those of the data set
   * @param sets of pictures that are judged
   * @param review where decisions are kept
   * @param upload what a picture of one's own may take
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Whole(
      String id,
      String version,
      int exemplarCount,
      String network,
      String task,
      PictureSize input,
      PictureSize output,
      boolean targets,
      Optional<List<ClassView>> classes,
      List<LayerView> layers,
      List<ExemplarView> exemplars,
      Map<String, Integer> tags,
      List<PictureView> pictures,
      List<JudgedSet.Brief> sets,
      ReviewView review,
      Limits upload) {}

  /**
   * Where reviews are kept.
   *
   * @param folder its name
   */
  record ReviewView(String folder) {}

  /** An indexed layer. */
  record LayerView(
      String name, List<String> aliases, String operator, int channels, int rows, int columns) {
    static LayerView of(Layer layer) {
      return new LayerView(
          layer.name(),
          layer.aliases(),
          layer.operator(),
          layer.channels(),
          layer.rows(),
          layer.columns());
    }
  }

  /**
   * A training picture.
   *
   * @param target whether it has an original label
   */
  record ExemplarView(String id, List<String> tags, boolean target) {}

  /** A picture of the data set. */
  record PictureView(String id, List<String> tags) {}

  /** The most that a picture may take. */
  record Limits(int bytes, long pixels) {}

  /**
   * Layers that are searched exactly for want of lists.
   *
   * @param underWay whether a build is under way that may be making them
   * @param layers their names
   */
  record Unlisted(boolean underWay, List<String> layers) {}

  /** What a database lacks of lists at this moment. */
  static Unlisted unlisted(ServedDatabase served) {
    Database database = served.database();
    // Asked first: what is finished between the two questions must not seem to be given up.
    boolean underWay = Index.isUnderWay(database.folder());
    return new Unlisted(
        underWay,
        database.layers().stream()
            .filter(store -> Index.lacksLists(database, store, 1))
            .map(store -> store.layer().name())
            .toList());
  }

  /** All databases in a few words each. */
  static List<Summary> list(Collection<ServedDatabase> databases) {
    return databases.stream()
        .map(each -> new Summary(each.id(), each.version(), each.database().exemplars().size()))
        .toList();
  }

  /** One database. */
  static Whole whole(ServedDatabase served, List<JudgedSet.Brief> sets) {
    var network = served.compnn().network();
    var database = served.database();
    Map<String, Integer> tags = new TreeMap<>();
    for (Exemplar exemplar : database.exemplars()) {
      exemplar.tags().forEach(tag -> tags.merge(tag, 1, Integer::sum));
    }
    return new Whole(
        served.id(),
        served.version(),
        database.exemplars().size(),
        network.file().getFileName().toString(),
        network.output().task().tag(),
        new PictureSize(network.inputHeight(), network.inputWidth()),
        new PictureSize(network.outputHeight(), network.outputWidth()),
        database.hasTargets(),
        network.output().task() == Task.SEGMENTATION
            ? Optional.of(ClassView.of(served.compnn().palette()))
            : Optional.empty(),
        database.layers().stream().map(store -> LayerView.of(store.layer())).toList(),
        database.exemplars().stream()
            .map(e -> new ExemplarView(e.id(), e.tags(), database.hasTarget(e.index())))
            .toList(),
        tags,
        served.pairs().stream().map(pair -> new PictureView(pair.id(), pair.tags())).toList(),
        sets,
        new ReviewView(String.valueOf(served.review().getFileName())),
        new Limits(Uploads.MOST_BYTES, Uploads.MOST_PIXELS));
  }
}
