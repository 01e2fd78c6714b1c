package org.compnn.bench.field;

import java.io.IOException;
import java.nio.file.Path;

/** The process of a contender that runs in Java: reads an order, writes an answer. */
public final class Worker {
  private Worker() {}

  /** Takes the order's file and the answer's. */
  public static void main(String[] args) throws IOException {
    Order order = Json.read(Path.of(args[0]), Order.class);
    Json.write(Path.of(args[1]), answer(order));
  }

  static Answer answer(Order order) throws IOException {
    return switch (order.library()) {
      case "compnn" -> OwnSearch.answer(order);
      case "jvector" -> JVectorIndex.answer(order);
      case "lucene" -> LuceneIndex.answer(order);
      case "patchmatch" -> PatchMatch.answer(order);
      default -> throw new IllegalArgumentException("no such library: " + order.library());
    };
  }
}
