package org.compnn.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Makes a pair of files as the options say. */
interface PairMaker {
  Pair pair(String id, List<String> tags, Path input, Optional<Path> target);
}
