package org.compnn.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The program's own files, on the class path beside its classes. */
public final class Resource {
  private Resource() {}

  /**
   * Reads a file as UTF-8.
   *
   * @param beside a class of the package that the file lies in
   * @param name relative to that package
   * @throws IllegalStateException if the program lacks it
   */
  public static String text(Class<?> beside, String name) {
    return new String(bytes(beside, name), StandardCharsets.UTF_8);
  }

  /**
   * Reads a file.
   *
   * @param beside a class of the package that the file lies in
   * @param name relative to that package
   * @throws IllegalStateException if the program lacks it
   */
  public static byte[] bytes(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its own file " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
