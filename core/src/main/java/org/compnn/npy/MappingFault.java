package org.compnn.npy;

import java.io.IOException;

/**
 * A page of a mapped file could not be read or written: the disk is full or broken, or the file was
 * cut short meanwhile. The JVM tells it by an {@link InternalError}.
 */
public final class MappingFault extends IOException {
  private static final long serialVersionUID = 1L;

  private MappingFault(InternalError cause) {
    super("a mapped file's page cannot be read or written; is the disk full?", cause);
  }

  /** Whether an error is one. */
  public static boolean is(InternalError error) {
    String message = error.getMessage();
    return message != null && message.contains("memory access operation");
  }

  /**
   * The fault behind an error.
   *
   * @throws InternalError the same, if it is another
   */
  public static MappingFault of(InternalError error) {
    if (is(error)) {
      return new MappingFault(error);
    }
    throw error;
  }
}
