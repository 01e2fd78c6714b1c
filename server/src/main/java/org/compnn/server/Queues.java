package org.compnn.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.compnn.CompNN;
import org.compnn.files.Sha256;
import org.compnn.problem.UserError;
import org.compnn.study.Culprits;
import org.compnn.study.Labelling;
import org.compnn.study.Suspects;
import org.compnn.viewer.JudgementView.SummaryView;
import org.compnn.viewer.QueueView;
import org.compnn.viewer.ViewJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Training pictures to look at, of one database: those whose labels are suspected, found in the
 * background, and those behind the wrong pixels of the data set, added up as it is judged.
 */
final class Queues implements Judgements.Further {
  /** Training pictures that an answer has. */
  private static final int MOST = 200;

  /** After so long without a question nobody looks any more. */
  private static final long LOOKING_NS = 10_000_000_000L;

  private final Judgements judgements;
  private final CompNN compnn;
  private final ReviewFolder folder;
  private final Consumer<String> log;
  private final Deque<Integer> open = new ArrayDeque<>();
  private final Map<Integer, QueueView> suspects = new TreeMap<>();
  private final Culprits culprits;
  private final BitSet folded = new BitSet();
  private volatile @Nullable Labelling labelling;
  private boolean begun;
  private int total;
  private int done;
  private long asked;

  /**
   * @param room bytes for what culprits account for
   */
  Queues(Judgements judgements, ReviewFolder folder, long room, Consumer<String> log) {
    this.judgements = judgements;
    this.compnn = judgements.served().compnn();
    this.folder = folder;
    this.log = log;
    this.culprits = new Culprits(compnn, room / Float.BYTES);
  }

  /**
   * A queue as far as it is known.
   *
   * @param version raised when there is more
   * @param total pictures to be looked at
   * @param judged of these
   * @param running whether more is to come
   * @param suspects the most suspect first, at most 200
   */
  record Standing(long version, int total, int judged, boolean running, List<QueueView> suspects) {}

  /**
   * Suspected labels; asking begins to look for them.
   *
   * @throws UserError if labels of this database cannot be doubted
   */
  Standing suspects() {
    Suspects.expectLabels(compnn);
    synchronized (this) {
      asked = System.nanoTime();
      if (!begun) {
        begun = true;
        load();
      }
    }
    judgements.begin();
    synchronized (this) {
      List<QueueView> ranked =
          suspects.values().stream()
              .filter(suspect -> !suspect.regions().isEmpty())
              .sorted(Comparator.comparingDouble(QueueView::score).reversed())
              .limit(MOST)
              .toList();
      return new Standing(done, total, done, done < total, ranked);
    }
  }

  private void load() {
    int exemplars = compnn.database().exemplars().size();
    for (int exemplar = 0; exemplar < exemplars; exemplar++) {
      if (!compnn.database().hasTarget(exemplar)) {
        continue;
      }
      total++;
      Optional<QueueView> kept =
          folder.read(file(exemplar)).flatMap(json -> read(json, QueueView.class));
      if (kept.isPresent() && kept.get().exemplar() == exemplar) {
        suspects.put(exemplar, kept.get());
        done++;
      } else {
        open.add(exemplar);
      }
    }
  }

  private static <T> Optional<T> read(byte[] json, Class<T> type) {
    try {
      return Optional.of(ViewJson.read(json, type));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private String file(int exemplar) {
    return "suspect-" + Sha256.of(compnn.gallery().id(exemplar)).hex(8) + ".json";
  }

  @Override
  public synchronized boolean isLookedAt() {
    return !open.isEmpty() && System.nanoTime() - asked < LOOKING_NS;
  }

  @Override
  public synchronized Optional<Runnable> next() {
    if (open.isEmpty()) {
      return Optional.empty();
    }
    int exemplar = open.removeFirst();
    return Optional.of(() -> doubt(exemplar));
  }

  /** Counted once; by several threads at once at worst. */
  private Labelling labelling() {
    Labelling known = labelling;
    if (known == null) {
      known = Labelling.original(compnn);
      labelling = known;
    }
    return known;
  }

  private void doubt(int exemplar) {
    Optional<QueueView> found = Optional.empty();
    try {
      found =
          Optional.of(QueueView.of(Suspects.of(compnn, labelling(), Judgements.OPTIONS, exemplar)));
      folder.write(file(exemplar), ViewJson.bytes(found.get()));
    } catch (UserError e) {
      log.accept(String.valueOf(e.getMessage()));
    } finally {
      synchronized (this) {
        found.ifPresent(view -> suspects.put(exemplar, view));
        done++;
      }
    }
  }

  /** Training pictures behind the wrong pixels of the data set; asking begins to judge it. */
  synchronized Standing culprits() {
    JudgedSet set = judgements.set("data");
    int height = compnn.network().outputHeight();
    int width = compnn.network().outputWidth();
    int known = 0;
    for (SummaryView summary : set.all()) {
      if (summary.provisional()) {
        continue;
      }
      known++;
      if (!folded.get(summary.number())) {
        folded.set(summary.number());
        judgements
            .files()
            .charges(set, summary.number())
            .flatMap(json -> read(json, QueueView.ChargesView.class))
            .ifPresent(charges -> culprits.add(charges.charges(height, width)));
      }
    }
    boolean running = set.since(Long.MAX_VALUE - 1).running();
    List<QueueView> ranked = new ArrayList<>();
    for (Culprits.Culprit culprit : culprits.ranked(MOST / 4)) {
      if (!culprit.regions().isEmpty()) {
        ranked.add(QueueView.of(culprit));
      }
    }
    return new Standing(known, set.total(), known, running, ranked);
  }
}
