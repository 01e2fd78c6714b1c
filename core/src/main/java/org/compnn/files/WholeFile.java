package org.compnn.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Files that are there whole or not at all: written aside, put on the disk, then renamed. What was
 * broken off leaves the old file as it was, and a file whose name ends in {@link #ASIDE} beside it,
 * which the next attempt replaces.
 */
public final class WholeFile {
  /** What the names of files end in that are not whole yet. */
  public static final String ASIDE = ".part";

  private WholeFile() {}

  /** What is to be in a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it; the stream is buffered and closed by its owner. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes a file, in place of one that is there. */
  public static void write(Path file, byte[] bytes) throws IOException {
    Path aside = aside(file);
    Files.write(aside, bytes);
    publish(aside, file);
  }

  /** Writes a file in UTF-8, in place of one that is there. */
  public static void write(Path file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a file that is too large to hold in memory, in place of one that is there. */
  public static void stream(Path file, Content content) throws IOException {
    Path aside = aside(file);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(aside))) {
      content.writeTo(out);
    }
    publish(aside, file);
  }

  /** Where a file lies until it is whole. */
  public static Path aside(Path file) {
    return file.resolveSibling(file.getFileName() + ASIDE);
  }

  /**
   * Waits until a file is on the disk and gives it its name, in place of one that bears it.
   *
   * @param aside whole and closed, on the same disk
   */
  public static void publish(Path aside, Path file) throws IOException {
    sync(aside);
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Waits until a file, or a folder's list of names, is on the disk. */
  public static void sync(Path path) throws IOException {
    StandardOpenOption how =
        Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }
}
