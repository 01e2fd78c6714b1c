package org.compnn.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.compnn.CompNN;
import org.compnn.explain.Options;
import org.compnn.network.Layer;
import org.compnn.network.Network;
import org.compnn.problem.UserError;
import org.compnn.study.References;
import org.compnn.viewer.JudgementView;

/**
 * Judges the sets of one database in the background, whenever nobody waits for an answer: the data
 * set, and the training pictures, each matched with the others. What is judged is kept in a {@link
 * ReviewFolder}; a failure of one picture ends nothing.
 */
final class Judgements implements AutoCloseable {
  static final Options OPTIONS = Options.defaults().topK(5);

  /** Raised when what is kept would mislead, or lacks something. */
  static final int FORMAT = 6;

  /** Pictures that wait for the references to be judged again without a second search. */
  private static final int MOST_WAITING = 16;

  /**
   * Pictures that are judged before the references are begun, so that there is something to see.
   */
  private static final int FIRST = 4;

  private static final long PAUSE_MS = 20;

  private static final JudgedSet NOWHERE =
      new JudgedSet("", "", new JudgedSource.DataSet(List.of()), "");
  private static final Deque<Integer> NONE = new ArrayDeque<>();

  private final ServedDatabase served;
  private final JudgedFiles files;
  private final MeasuredReferences references;
  private final PictureJudging judging;
  private final BooleanSupplier busy;
  private final Consumer<String> log;
  private final Map<String, JudgedSet> sets = new LinkedHashMap<>();
  private final Map<String, Deque<Integer>> open = new ConcurrentHashMap<>();
  private final Deque<String> wanted = new ArrayDeque<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Deque<PictureJudging.Provisional> waiting = new ArrayDeque<>();
  private final int mostWaiting;
  private final Deque<Integer> unchecked = new ArrayDeque<>();
  private final List<Further> further = new ArrayList<>();
  private int underWay;
  private boolean sampleNext;
  private boolean referencesWanted;
  private boolean axesBegun;
  private boolean firstJudged;
  private volatile boolean closed;

  /** What else is done in the background. */
  interface Further {
    /** Whether somebody looks at it, so that it goes before pictures. */
    boolean isLookedAt();

    /** The next of it, taken off. */
    Optional<Runnable> next();
  }

  /** Something to do next. */
  private sealed interface Job {
    record Load(JudgedSet set) implements Job {}

    record Axes() implements Job {}

    record Sample(int exemplar) implements Job {}

    record Picture(JudgedSet set, int number) implements Job {}

    record Again(PictureJudging.Provisional picture) implements Job {}

    record Check(JudgedSet set, int number) implements Job {}

    record Other(Runnable work) implements Job {}
  }

  /**
   * @param uploads pictures that people drop on the page
   * @param room bytes for pictures that wait for the reference distances
   * @param busy whether somebody waits for an answer, so that judging has to wait
   * @param log hears of faults
   */
  Judgements(
      ServedDatabase served,
      ReviewFolder folder,
      Uploads uploads,
      long room,
      BooleanSupplier busy,
      Consumer<String> log) {
    this.served = served;
    this.files = new JudgedFiles(folder, room);
    this.references = new MeasuredReferences(served.compnn(), folder, log, this::goOn);
    this.judging = new PictureJudging(served, files, references);
    this.busy = busy;
    this.log = log;
    CompNN compnn = served.compnn();
    String layer = compnn.cells(OPTIONS).layer().name();
    if (!served.pairs().isEmpty()) {
      put("data", served.title(), new JudgedSource.DataSet(served.pairs()), layer);
    }
    this.mostWaiting = Math.clamp(room / bytes(compnn), 1, MOST_WAITING);
    put("training", "training set", new JudgedSource.Training(served), layer);
    put("uploads", "your pictures", new JudgedSource.Dropped(uploads), layer);
  }

  private void put(String id, String title, JudgedSource source, String layer) {
    sets.put(id, new JudgedSet(id, title, source, layer));
  }

  /** Bytes that a matched picture keeps, about. */
  private static long bytes(CompNN compnn) {
    Layer layer = compnn.cells(OPTIONS).layer();
    Network network = compnn.network();
    return layer.cells() * (16L * OPTIONS.topK() + 8)
        + 3L * network.inputHeight() * network.inputWidth()
        + 8L * network.outputHeight() * network.outputWidth();
  }

  List<JudgedSet.Brief> sets() {
    return sets.values().stream().map(JudgedSet::brief).toList();
  }

  /**
   * A set, which is judged from now on.
   *
   * @throws Refusal 404 if there is none of that name
   */
  JudgedSet set(String name) {
    JudgedSet set = sets.get(name);
    if (set == null) {
      throw Refusal.notFound(
          "expected a set of pictures (%s), found '%s'"
              .formatted(String.join(", ", sets.keySet()), name));
    }
    want(set);
    return set;
  }

  private synchronized void want(JudgedSet set) {
    wanted.remove(set.id());
    wanted.addFirst(set.id());
    if (set.source().grows()) {
      Optional.ofNullable(open.get(set.id())).ifPresent(list -> list.addAll(set.newcomers()));
    }
    begin();
  }

  /** Adds what else is to be done. */
  synchronized void add(Further what) {
    further.add(what);
  }

  /** Goes on with what there is to do. */
  synchronized void begin() {
    if (threads.isEmpty() && !closed) {
      int count = served.compnn().workers().threads();
      for (int i = 0; i < count; i++) {
        Thread thread = Thread.ofPlatform().daemon().name("judge-" + i).unstarted(this::work);
        threads.add(thread);
        thread.start();
      }
    }
    notifyAll();
  }

  private synchronized void goOn() {
    notifyAll();
  }

  /**
   * The reference distances; waits for them where they are still to be made.
   *
   * @throws Refusal 503 if that takes too long
   */
  References awaitReferences() {
    synchronized (this) {
      referencesWanted = true;
      begin();
    }
    return references.await();
  }

  /** What is kept of the pictures. */
  JudgedFiles files() {
    return files;
  }

  ServedDatabase served() {
    return served;
  }

  private void work() {
    while (!closed) {
      try {
        while (!closed && busy.getAsBoolean()) {
          Thread.sleep(PAUSE_MS);
        }
        Optional<Job> job = next();
        if (job.isEmpty()) {
          return;
        }
        run(job.get());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException | Error e) {
        log.accept("internal error while judging: " + e);
      }
    }
  }

  private void run(Job job) {
    switch (job) {
      case Job.Load(JudgedSet set) -> load(set);
      case Job.Axes() -> references.judge().prepare();
      case Job.Other(Runnable work) -> work.run();
      case Job.Sample(int exemplar) -> references.measure(exemplar);
      case Job.Picture(JudgedSet set, int number) -> {
        try {
          guarded(set, number, () -> judging.judge(set, number).ifPresent(this::keepWaiting));
        } finally {
          done();
        }
      }
      case Job.Again(PictureJudging.Provisional picture) ->
          guarded(
              picture.set(),
              picture.number(),
              () -> judging.keep(picture).ifPresent(this::keepWaiting));
      case Job.Check(JudgedSet set, int number) -> guarded(set, number, () -> check(set, number));
    }
  }

  /** The next thing to do, which it waits for; nothing once all is closed. */
  private synchronized Optional<Job> next() throws InterruptedException {
    while (!closed) {
      Optional<Job> job = first();
      if (job.isPresent()) {
        return job;
      }
      wait();
    }
    return Optional.empty();
  }

  /** The first thing that can be done now. The references are made beside the first pictures. */
  private Optional<Job> first() {
    // Beside the first picture, which needs them when it is matched.
    if (!axesBegun && (underWay > 0 || referencesWanted)) {
      axesBegun = true;
      return Optional.of(new Job.Axes());
    }
    for (String name : wanted) {
      if (!open.containsKey(name)) {
        open.put(name, new ArrayDeque<>());
        return Optional.of(new Job.Load(sets.getOrDefault(name, NOWHERE)));
      }
    }
    boolean measured = references.known().isPresent();
    if (measured && !waiting.isEmpty()) {
      return Optional.of(new Job.Again(waiting.removeFirst()));
    }
    if (underWay > 0 && !firstJudged) {
      // Until all is compiled another one would only keep the first waiting.
      return Optional.empty();
    }
    Optional<String> set =
        wanted.stream().filter(name -> !open.getOrDefault(name, NONE).isEmpty()).findFirst();
    boolean room = measured || waiting.size() + underWay < mostWaiting;
    boolean picture = set.isPresent() && room;
    if (references.isWaiting() && (sampleNext || !picture)) {
      sampleNext = false;
      return Optional.of(new Job.Sample(references.next()));
    }
    Optional<Job> other = other(picture);
    if (other.isEmpty() && !picture && !unchecked.isEmpty()) {
      return Optional.of(
          new Job.Check(sets.getOrDefault("data", NOWHERE), unchecked.removeFirst()));
    }
    if (!picture || other.isPresent()) {
      return other;
    }
    underWay++;
    sampleNext = waiting.size() + underWay >= FIRST;
    int number = open.getOrDefault(set.get(), NONE).removeFirst();
    return Optional.of(new Job.Picture(sets.getOrDefault(set.get(), NOWHERE), number));
  }

  /** What else there is, if nothing goes before it. */
  private Optional<Job> other(boolean picture) {
    for (Further each : further) {
      if (!picture || each.isLookedAt()) {
        Optional<Runnable> next = each.next();
        if (next.isPresent()) {
          return Optional.of(new Job.Other(next.get()));
        }
      }
    }
    return Optional.empty();
  }

  private synchronized void done() {
    underWay--;
    firstJudged = true;
    notifyAll();
  }

  private void guarded(JudgedSet set, int number, Runnable judging) {
    try {
      judging.run();
    } catch (UserError e) {
      set.fail(number, set.source().name(number), String.valueOf(e.getMessage()));
    } catch (RuntimeException | OutOfMemoryError e) {
      if (closed) {
        return;
      }
      log.accept("internal error while judging " + set.source().name(number) + ": " + e);
      set.fail(number, set.source().name(number), "internal error; see the server's log");
    }
  }

  /** Takes what is kept of a set, and puts the rest on the list. */
  private void load(JudgedSet set) {
    Deque<Integer> missing = new ArrayDeque<>();
    Deque<Integer> known = new ArrayDeque<>();
    for (int number : set.newcomers()) {
      if (closed) {
        return;
      }
      Optional<JudgementView> kept = files.judgement(set, number);
      if (kept.isPresent()) {
        set.add(kept.get().summary(), false);
        known.add(number);
      } else {
        missing.add(number);
      }
    }
    if (!missing.isEmpty()) {
      references.judge();
    }
    synchronized (this) {
      missing.addAll(open.getOrDefault(set.id(), NONE));
      open.put(set.id(), missing);
      // Training pictures are those of the database, whose version the folder has.
      if (set.id().equals("data")) {
        unchecked.addAll(known);
      }
      notifyAll();
    }
  }

  /** Judges a picture anew if it is no longer the one that was judged. */
  private void check(JudgedSet set, int number) {
    if (!judging.isCurrent(set, number)) {
      references.judge();
      synchronized (this) {
        open.getOrDefault(set.id(), new ArrayDeque<>()).add(number);
        notifyAll();
      }
    }
  }

  private synchronized void keepWaiting(PictureJudging.Provisional picture) {
    waiting.add(picture);
    notifyAll();
  }

  /** Ends what is under way; the database may be closed afterwards. */
  @Override
  public void close() {
    List<Thread> running;
    synchronized (this) {
      closed = true;
      running = List.copyOf(threads);
      notifyAll();
    }
    references.close();
    for (Thread thread : running) {
      try {
        thread.join(60_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
