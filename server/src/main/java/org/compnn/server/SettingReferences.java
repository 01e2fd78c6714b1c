package org.compnn.server;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.compnn.explain.Options;
import org.compnn.files.Sha256;
import org.compnn.search.Distance;
import org.compnn.study.Judge;
import org.compnn.study.References;
import org.compnn.viewer.ViewJson;

/**
 * The reference distances of other settings than those that pictures are judged with: made when
 * they are first asked for, one setting after the other, and kept.
 */
final class SettingReferences {
  private static final int LARGEST_HYPERPATCH = 9;

  private final Judgements judgements;
  private final ReviewFolder folder;
  private final WorkQueue queue;
  private final Map<String, ReentrantLock> making = new ConcurrentHashMap<>();

  SettingReferences(Judgements judgements, ReviewFolder folder, WorkQueue queue) {
    this.judgements = judgements;
    this.folder = folder;
    this.queue = queue;
  }

  /**
   * The references of the settings in an address.
   *
   * @throws Refusal 400 for a setting that is none, 503 if they take too long just now
   */
  References of(Request request) {
    Options base = Judgements.OPTIONS;
    Options asked = base;
    Optional<String> layer = request.query("layer").filter(name -> !name.isEmpty());
    if (layer.isPresent()) {
      asked = asked.layer(layer.get());
    }
    asked =
        asked
            .hyperpatch(hyperpatch(request.query("hyperpatch").orElse("1")))
            .distance(distance(request.query("distance").orElse("l2")));
    var compnn = judgements.served().compnn();
    String name = compnn.cells(asked).layer().name();
    Options settings = asked.layer(name);
    if (settings.equals(base.layer(compnn.cells(base).layer().name()))) {
      return judgements.awaitReferences();
    }
    String file =
        "references-"
            + Sha256.of(name + " " + settings.hyperpatch() + " " + settings.distance()).hex(8)
            + ".json";
    ReentrantLock lock = making.computeIfAbsent(file, _ -> new ReentrantLock());
    lock.lock();
    try {
      return folder
          .read(file)
          .flatMap(MeasuredReferences::read)
          .orElseGet(() -> made(settings, file));
    } finally {
      lock.unlock();
    }
  }

  private References made(Options settings, String file) {
    References made =
        queue.run(
            judgements.served().id() + " " + file,
            () ->
                Judge.withoutAxes(judgements.served().compnn(), settings)
                    .references(Work.progress()));
    folder.write(file, ViewJson.bytes(made));
    return made;
  }

  private static int hyperpatch(String text) {
    try {
      int size = Integer.parseInt(text);
      if (size >= 1 && size <= LARGEST_HYPERPATCH) {
        return size;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message.
    }
    throw Refusal.malformed(
        "hyperpatch: expected a whole number from 1 to %d, found '%s'"
            .formatted(LARGEST_HYPERPATCH, text));
  }

  private static Distance distance(String text) {
    for (Distance distance : Distance.values()) {
      if (distance.name().equalsIgnoreCase(text)) {
        return distance;
      }
    }
    throw Refusal.malformed("distance: expected l2 or cosine, found '" + text + "'");
  }
}
