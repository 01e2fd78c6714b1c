package org.compnn.network.run;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.compnn.network.graph.Port;

/**
 * The sessions of a network, one for each set of tensors that has been asked for; the few last used
 * are kept. Safe for use by many threads.
 */
public final class Sessions implements AutoCloseable {
  /** A sweep over all layers must not hold the weights once for each of them. */
  private static final int KEPT = 4;

  private final Function<List<Port>, Session> opener;
  private final Map<List<Port>, Session> open = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Session, Integer> users = new HashMap<>();
  private boolean closed;

  public Sessions(Function<List<Port>, Session> opener) {
    this.opener = opener;
  }

  /** Works with the session that gives these outputs. */
  public <T> T with(List<Port> outputs, Function<Session, T> work) {
    Session session = take(outputs);
    try {
      return work.apply(session);
    } finally {
      giveBack(session);
    }
  }

  private synchronized Session take(List<Port> outputs) {
    if (closed) {
      throw new IllegalStateException("the network is closed");
    }
    Session session = open.get(outputs);
    if (session == null) {
      session = opener.apply(outputs);
      open.put(outputs, session);
      closeOldest();
    }
    users.merge(session, 1, Integer::sum);
    return session;
  }

  private synchronized void giveBack(Session session) {
    users.computeIfPresent(session, (_, n) -> n == 1 ? null : n - 1);
    if (closed) {
      close();
    } else {
      closeOldest();
    }
  }

  private void closeOldest() {
    Iterator<Session> oldest = open.values().iterator();
    int surplus = open.size() - KEPT;
    while (surplus > 0 && oldest.hasNext()) {
      Session session = oldest.next();
      // The last one is the one just asked for.
      if (!users.containsKey(session) && oldest.hasNext()) {
        oldest.remove();
        session.close();
        surplus--;
      }
    }
  }

  /** Closes what is idle now and the rest as soon as it is. */
  @Override
  public synchronized void close() {
    closed = true;
    Iterator<Session> all = open.values().iterator();
    while (all.hasNext()) {
      Session session = all.next();
      if (!users.containsKey(session)) {
        all.remove();
        session.close();
      }
    }
  }
}
