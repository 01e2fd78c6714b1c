package org.compnn.server;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.compnn.viewer.JudgementView.SummaryView;

/**
 * The pictures of a set as far as they are judged. Each judgement raises the version, and a picture
 * that is judged again counts as new. Safe for many threads.
 */
final class JudgedSet {
  /** The most pictures of one answer; who asks gets the rest by the version that it came to. */
  private static final int MOST_AT_ONCE = 1000;

  /** Pictures that the speed is told by. */
  private static final int RECENT = 16;

  private final String id;
  private final String title;
  private final JudgedSource source;
  private final String layer;
  private final TreeMap<Long, SummaryView> byVersion = new TreeMap<>();
  private final Map<Integer, Long> versions = new TreeMap<>();
  private final Map<Integer, Failed> failed = new TreeMap<>();
  private final long[] recent = new long[RECENT];
  private int handedOut;
  private long made;
  private long version;
  private int lasting;

  /**
   * @param id data, training, uploads
   * @param title what people call it
   * @param source its pictures
   * @param layer the layer that they are matched at
   */
  JudgedSet(String id, String title, JudgedSource source, String layer) {
    this.id = id;
    this.title = title;
    this.source = source;
    this.layer = layer;
  }

  /** A picture that could not be judged. */
  record Failed(int number, String id, String message) {}

  /** A set in a few words. */
  record Brief(String id, String title, int pictures) {}

  /**
   * A set as far as it is judged.
   *
   * @param version what was judged after it is asked for by it
   * @param total pictures of the set
   * @param judged of these, those that have a judgement
   * @param running whether more is to come
   * @param picturesASecond of late; null before there is any
   * @param remainingS seconds until all are judged, about
   * @param layer the layer that they are matched at
   * @param pictures judged after the version that was asked for, in this order; more of them come
   *     by this answer's version where there are very many
   */
  record Standing(
      long version,
      int total,
      int judged,
      boolean running,
      @JsonProperty("pictures_a_second") Optional<Double> picturesASecond,
      Optional<Double> remainingS,
      String layer,
      List<Failed> failed,
      List<SummaryView> pictures) {}

  String id() {
    return id;
  }

  JudgedSource source() {
    return source;
  }

  int total() {
    return source.count();
  }

  /** The pictures that came since this was asked last; all of them at first. */
  synchronized List<Integer> newcomers() {
    List<Integer> numbers = IntStream.range(handedOut, source.count()).boxed().toList();
    handedOut += numbers.size();
    return numbers;
  }

  Brief brief() {
    return new Brief(id, title, source.count());
  }

  /** Adds a judgement, in place of an older one of the picture. */
  synchronized void add(SummaryView summary, boolean fresh) {
    if (summary.provisional()
        && summary(summary.number()).filter(s -> !s.provisional()).isPresent()) {
      return;
    }
    Long before = versions.put(summary.number(), ++version);
    SummaryView old = before == null ? null : byVersion.remove(before);
    byVersion.put(version, summary);
    failed.remove(summary.number());
    lasting += (summary.provisional() ? 0 : 1) - (old == null || old.provisional() ? 0 : 1);
    if (fresh && !summary.provisional()) {
      recent[(int) (made++ % RECENT)] = System.nanoTime();
    }
    notifyAll();
  }

  synchronized void fail(int number, String name, String message) {
    failed.put(number, new Failed(number, name, message));
    version++;
    notifyAll();
  }

  synchronized Optional<SummaryView> summary(int number) {
    return Optional.ofNullable(versions.get(number)).map(byVersion::get);
  }

  /** All judgements so far, by number. */
  synchronized List<SummaryView> all() {
    List<SummaryView> all = new ArrayList<>();
    versions.values().forEach(at -> all.add(byVersion.get(at)));
    return all;
  }

  synchronized Standing since(long known) {
    int total = source.count();
    boolean running = lasting + failed.size() < total;
    List<SummaryView> pictures = new ArrayList<>();
    long reached = version;
    for (Map.Entry<Long, SummaryView> each : byVersion.tailMap(known, false).entrySet()) {
      if (pictures.size() == MOST_AT_ONCE) {
        break;
      }
      pictures.add(each.getValue());
      reached = pictures.size() == MOST_AT_ONCE ? each.getKey() : version;
    }
    Optional<Double> speed = running ? speed() : Optional.empty();
    return new Standing(
        reached,
        total,
        versions.size(),
        running,
        speed.map(s -> Math.round(100 * s) / 100.0),
        speed.map(s -> (double) Math.round((total - lasting - failed.size()) / s)),
        layer,
        List.copyOf(failed.values()),
        pictures);
  }

  private Optional<Double> speed() {
    if (made < 2) {
      return Optional.empty();
    }
    long first = recent[(int) (made <= RECENT ? 0 : made % RECENT)];
    double seconds = (System.nanoTime() - first) / 1e9;
    return Optional.of((Math.min(made, RECENT) - 1) / Math.max(1e-3, seconds));
  }
}
