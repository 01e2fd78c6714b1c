package org.compnn.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Keeps what was used last, up to a number of bytes. What is larger than that alone is not kept.
 * Safe for many threads.
 */
final class Cache<V> {
  private final Map<String, V> entries = new LinkedHashMap<>(16, 0.75f, true);
  private final long most;
  private final ToLongFunction<V> weight;
  private long bytes;

  /**
   * An empty cache.
   *
   * @param most bytes, about
   * @param weight bytes of an entry
   */
  Cache(long most, ToLongFunction<V> weight) {
    this.most = most;
    this.weight = weight;
  }

  synchronized Optional<V> get(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  synchronized void put(String key, V value) {
    long size = weight.applyAsLong(value);
    if (size > most) {
      return;
    }
    V before = entries.put(key, value);
    bytes += size - (before == null ? 0 : weight.applyAsLong(before));
    var oldest = entries.entrySet().iterator();
    while (bytes > most) {
      bytes -= weight.applyAsLong(oldest.next().getValue());
      oldest.remove();
    }
  }

  synchronized long bytes() {
    return bytes;
  }
}
