package org.compnn.cli;

/**
 * What a command found, where that decides the exit code. (Not picocli's interface: a command that
 * implements one is compiled for a Java so old that an ahead-of-time cache cannot hold it, and
 * making one ends in a crash of the JVM.)
 */
interface Outcome {
  int exitCode();
}
