package org.compnn.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Clients that ask one question after the other, of which no two are the same. */
final class Visitors implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final List<String> DISTANCES = List.of("l2", "cosine");

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Thread> threads = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong next = new AtomicLong();
  private final int port;
  private volatile boolean over;

  private Visitors(int port) {
    this.port = port;
  }

  static Visitors start(int port, int count, long seed) {
    Visitors visitors = new Visitors(port);
    for (int i = 0; i < count; i++) {
      int number = i;
      visitors.threads.add(Thread.ofVirtual().start(() -> visitors.visit(number, seed)));
    }
    return visitors;
  }

  private void visit(int number, long seed) {
    Random random = new Random(seed * 31 + number);
    while (!over) {
      long question = next.getAndIncrement();
      String json =
          """
          {"query": {"kind": "training", "id": "%06d"}, "layer": "bottleneck", "leave_out": false,
           "hyperpatch": %d, "top_k": %d, "distance": "%s", "without": ["00000[1%s]"]}
          """
              .formatted(
                  question % 3,
                  1 + question / 3 % 9,
                  1 + question / 27 % 16,
                  DISTANCES.get(random.nextInt(DISTANCES.size())),
                  letters(question));
      long stops = Stops.count();
      try {
        int status =
            client
                .send(
                    HttpRequest.newBuilder(
                            URI.create(
                                "http://127.0.0.1:%d/api/databases/served.db/explanations"
                                    .formatted(port)))
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .header("X-Client", "visitor-%04d".formatted(number))
                        .POST(BodyPublishers.ofString(json))
                        .build(),
                    BodyHandlers.ofString())
                .statusCode();
        if (status == 200) {
          answered.incrementAndGet();
        } else if (status != 503) {
          say(status + " for " + json);
        }
      } catch (IOException e) {
        if (!stoodStill(stops)) {
          say(e + " for " + json);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static boolean stoodStill(long stops) {
    try {
      return Stops.since(stops);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Another pattern for the same exemplar, so that no answer is in the cache. */
  private static String letters(long question) {
    return Long.toString(question)
        .chars()
        .mapToObj(digit -> String.valueOf((char) ('a' + digit - '0')))
        .collect(Collectors.joining());
  }

  private synchronized void say(String what) {
    if (!over && wrong.size() < 10) {
      wrong.add(what);
    }
  }

  /** How many questions were answered so far. */
  long answered() {
    return answered.get();
  }

  /** Adds what came of the questions. */
  synchronized void into(Results results) {
    results.add(
        0,
        wrong.isEmpty()
            ? Outcome.survived("clients with questions")
            : Outcome.failed("clients with questions", wrong.toString()));
  }

  /** Ends the asking, and waits for those who ask. */
  void stop() {
    over = true;
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    stop();
    client.close();
  }
}
