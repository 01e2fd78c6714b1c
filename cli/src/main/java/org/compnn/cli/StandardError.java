package org.compnn.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.nio.charset.Charset;

/**
 * Standard error, where the launcher keeps Java's own line about the module of vectors from it.
 * What Java itself writes goes through the launcher then, line by line; the program writes to the
 * descriptor that it was given, so that a bar of progress can be drawn.
 */
final class StandardError {
  private static final String DESCRIPTOR = "compnn.stderr";

  private StandardError() {}

  /** Writes to the launcher's descriptor from now on, if there is one. */
  static void take() {
    int number = Integer.getInteger(DESCRIPTOR, -1);
    if (number < 0) {
      return;
    }
    try {
      Constructor<FileDescriptor> of = FileDescriptor.class.getDeclaredConstructor(int.class);
      of.setAccessible(true);
      System.setErr(new PrintStream(new FileOutputStream(of.newInstance(number)), true, charset()));
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      // Then it goes the launcher's way too.
    }
  }

  private static Charset charset() {
    return Charset.forName(
        System.getProperty("stderr.encoding", Charset.defaultCharset().name()),
        Charset.defaultCharset());
  }
}
