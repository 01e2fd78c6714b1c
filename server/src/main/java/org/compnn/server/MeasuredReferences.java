package org.compnn.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.compnn.CompNN;
import org.compnn.problem.UserError;
import org.compnn.study.Judge;
import org.compnn.study.References;
import org.compnn.viewer.ViewJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The judge of a database and the reference distances that it judges by: read from the {@link
 * ReviewFolder}, or measured on some training pictures, one after the other, beside the first
 * pictures that are judged. Safe for many threads.
 */
final class MeasuredReferences {
  private static final String FILE = "references.json";
  private static final long MOST_WAIT_MS = 120_000;

  private final CompNN compnn;
  private final ReviewFolder folder;
  private final Consumer<String> log;
  private final Runnable changed;
  private final Deque<Integer> calibrating = new ArrayDeque<>();
  private final List<References.Sample> samples = new ArrayList<>();
  private @Nullable Judge judge;
  private @Nullable References references;
  private int sampling;
  private boolean closed;

  /**
   * @param log hears of faults
   * @param changed is called when there are samples to be made, or the references; without a lock
   */
  MeasuredReferences(CompNN compnn, ReviewFolder folder, Consumer<String> log, Runnable changed) {
    this.compnn = compnn;
    this.folder = folder;
    this.log = log;
    this.changed = changed;
  }

  /** Whether there is a judge. */
  synchronized boolean isBegun() {
    return judge != null;
  }

  /** The judge, made once; with it begins what is to be measured. */
  Judge judge() {
    synchronized (this) {
      if (judge != null) {
        return judge;
      }
    }
    Judge made = Judge.of(compnn, Judgements.OPTIONS);
    Optional<References> kept = folder.read(FILE).flatMap(MeasuredReferences::read);
    List<Integer> pictures = kept.isPresent() ? List.of() : made.calibrating();
    Judge known;
    synchronized (this) {
      if (judge == null) {
        judge = made;
        calibrating.addAll(pictures);
        references = kept.orElse(pictures.isEmpty() ? References.UNKNOWN : null);
        notifyAll();
      }
      known = judge;
    }
    changed.run();
    return known;
  }

  static Optional<References> read(byte[] json) {
    try {
      return Optional.of(ViewJson.read(json, References.class));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** The references, once they are known. */
  synchronized Optional<References> known() {
    return Optional.ofNullable(references);
  }

  /**
   * Waits for the references.
   *
   * @throws Refusal 503 if that takes too long
   */
  synchronized References await() {
    long until = System.nanoTime() + MOST_WAIT_MS * 1_000_000;
    try {
      while (references == null && !closed) {
        long left = (until - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new Refusal(503, "the reference distances are being measured; ask again soon");
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (references == null) {
      throw new Refusal(503, "the server is shutting down");
    }
    return references;
  }

  /** Whether there are training pictures still to be measured. */
  synchronized boolean isWaiting() {
    return references == null && !calibrating.isEmpty();
  }

  /** The next training picture to {@link #measure}, taken off. */
  synchronized int next() {
    sampling++;
    return calibrating.removeFirst();
  }

  /** Measures a training picture; after the last one the references are known. */
  void measure(int exemplar) {
    Optional<References.Sample> sample = Optional.empty();
    try {
      sample = judge().sample(exemplar);
    } catch (UserError e) {
      log.accept(String.valueOf(e.getMessage()));
    } finally {
      measured(sample);
    }
  }

  private void measured(Optional<References.Sample> sample) {
    List<References.Sample> all;
    synchronized (this) {
      sampling--;
      sample.ifPresent(samples::add);
      if (sampling > 0 || !calibrating.isEmpty()) {
        return;
      }
      all = List.copyOf(samples);
    }
    References made = judge().references(all);
    folder.write(FILE, ViewJson.bytes(made));
    synchronized (this) {
      references = made;
      samples.clear();
      notifyAll();
    }
    changed.run();
  }

  /** Nobody waits any longer. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
