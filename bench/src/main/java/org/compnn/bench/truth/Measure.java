package org.compnn.bench.truth;

import java.io.IOException;
import java.util.List;

/** One part of the benchmark. */
interface Measure {
  /** Its name on the command line and in the table. */
  String name();

  /** Whether it can be asked of a network. */
  boolean suits(Kind kind);

  /** Trains what is needed and measures all methods. */
  List<Row> of(Setup setup) throws IOException;
}
