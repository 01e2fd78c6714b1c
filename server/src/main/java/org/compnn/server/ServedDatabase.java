package org.compnn.server;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.compnn.CompNN;
import org.compnn.database.Database;
import org.compnn.database.Exemplar;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.Pair;
import org.compnn.study.Review;
import org.jspecify.annotations.Nullable;

/** An open database and the pictures that may be asked about. */
final class ServedDatabase {
  private final String id;
  private final String version;
  private final CompNN compnn;
  private final String title;
  private final Path review;
  private final List<Pair> pairs;
  private final Map<String, Integer> pairsById = new HashMap<>();
  private final Map<String, Integer> exemplarsById = new HashMap<>();

  /**
   * A database under a name.
   *
   * @param id what addresses call it
   * @param compnn opened; closed by whoever opened it
   * @param dataset pictures to choose from besides the training pictures
   */
  ServedDatabase(String id, CompNN compnn, Optional<Dataset> dataset) {
    this(id, compnn, dataset, Review.folderOf(compnn.database().folder()));
  }

  /**
   * The same.
   *
   * @param review the folder that judgements and reviews are kept in
   */
  ServedDatabase(String id, CompNN compnn, Optional<Dataset> dataset, Path review) {
    this.id = id;
    this.title = dataset.map(Dataset::name).orElse("");
    this.review = review;
    this.compnn = compnn;
    this.pairs = dataset.map(Dataset::pairs).orElse(List.of());
    this.version = compnn.database().seal();
    for (int i = 0; i < pairs.size(); i++) {
      pairsById.put(pairs.get(i).id(), i);
    }
    for (Exemplar exemplar : compnn.database().exemplars()) {
      exemplarsById.putIfAbsent(exemplar.id(), exemplar.index());
    }
  }

  String id() {
    return id;
  }

  /** Changes whenever a byte of the database does, whose description lists all checksums. */
  String version() {
    return version;
  }

  /** What people call the data set. */
  String title() {
    return title;
  }

  /** Where judgements and reviews are kept. */
  Path review() {
    return review;
  }

  CompNN compnn() {
    return compnn;
  }

  Database database() {
    return compnn.database();
  }

  /** The pictures of the data set. */
  List<Pair> pairs() {
    return pairs;
  }

  /** The picture that a request names by kind and id. */
  Subject query(String kind, String name) {
    return switch (kind) {
      case "data" -> new Subject.FromData(known(pairsById.get(name), name), name);
      case "training" -> new Subject.Training(known(exemplarsById.get(name), name), name);
      case "upload" -> new Subject.Uploaded(name, "picture");
      default ->
          throw Refusal.malformed(
              "query.kind: expected data, training or upload, found '" + kind + "'");
    };
  }

  /** An exemplar or a picture of the data set by its number in an address. */
  static int index(String text, int count) {
    try {
      int index = Integer.parseInt(text);
      if (index >= 0 && index < count) {
        return index;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message.
    }
    throw Refusal.notFound("expected a number from 0 to " + (count - 1) + ", found '" + text + "'");
  }

  private static int known(@Nullable Integer index, String name) {
    if (index == null) {
      throw Refusal.notFound("no picture '" + name + "'; choose another");
    }
    return index;
  }
}
