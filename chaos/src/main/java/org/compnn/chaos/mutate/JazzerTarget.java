package org.compnn.chaos.mutate;

import java.io.IOException;
import java.nio.file.Path;

/** What Jazzer calls: its bytes are a recipe, so its coverage guides the mutations. */
public final class JazzerTarget {
  private static final Format FORMAT = Format.valueOf(System.getProperty("chaos.format", "PNG"));
  private static final Path FOLDER = Path.of(System.getProperty("chaos.folder", "chaos-input"));

  private JazzerTarget() {}

  /** Mutates, and reads; what is thrown is a finding. */
  public static void fuzzerTestOneInput(byte[] recipe) throws IOException {
    Mutation.run(FORMAT, recipe, FOLDER);
  }
}
