package org.compnn.study;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.compnn.files.WholeFile;
import org.compnn.problem.UserError;

/** Decisions on disk, a line each. Lines are only ever added. */
final class ReviewFile {
  private static final long LARGEST = 256L << 20;

  /** Locks of files hold between processes, not between the threads of one. */
  private static final Object ONE_AT_A_TIME = new Object();

  private ReviewFile() {}

  /**
   * What a file says.
   *
   * @param decisions in the order of their lines
   * @param bytes its length
   * @param note what was passed over, if anything was
   */
  record Content(List<Decision> decisions, long bytes, Optional<String> note) {}

  /**
   * Reads a file. A last line that was broken off is passed over.
   *
   * @return nothing decided if there is none
   * @throws UserError if another line is no decision
   */
  static Content read(Path file) {
    byte[] bytes;
    try {
      if (!Files.exists(file)) {
        return new Content(List.of(), 0, Optional.empty());
      }
      if (Files.size(file) > LARGEST) {
        throw new UserError(
            "%s: expected decisions, at most %d MB, found more; name another file"
                .formatted(file, LARGEST >> 20));
      }
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UserError(
          file + ": cannot be read (" + e + "); is it a file, and yours to read?", e);
    }
    List<Decision> decisions = new ArrayList<>();
    Optional<String> note = Optional.empty();
    int number = 0;
    int from = 0;
    while (from < bytes.length) {
      number++;
      int end = from;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      String line = new String(bytes, from, end - from, StandardCharsets.UTF_8).strip();
      try {
        if (!line.isEmpty()) {
          decisions.add(DecisionLine.parse(line));
        }
      } catch (IllegalArgumentException e) {
        if (end < bytes.length || bytes[from] != '{') {
          throw new UserError(
              "%s: line %d: %s; mend the line, or take it out"
                  .formatted(file, number, e.getMessage()),
              e);
        }
        note =
            Optional.of(
                String.format(
                    Locale.ROOT, "%s: line %d was broken off and is left out", file, number));
      }
      from = end + 1;
    }
    return new Content(List.copyOf(decisions), bytes.length, note);
  }

  /**
   * Adds lines and waits until they are on the disk; on an error the file is as it was.
   *
   * @return the length of the file, and what it was before
   */
  static Added append(Path file, List<Decision> decisions) {
    StringBuilder lines = new StringBuilder();
    decisions.forEach(decision -> lines.append(DecisionLine.text(decision)).append('\n'));
    synchronized (ONE_AT_A_TIME) {
      try {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
          Files.createDirectories(folder);
        }
        boolean fresh = !Files.exists(file);
        Added added = append(file, lines.toString());
        if (fresh && folder != null) {
          WholeFile.sync(folder);
        }
        return added;
      } catch (IOException e) {
        throw new UserError(
            file + ": cannot be written (" + e + "); is the disk full or the folder read-only?", e);
      }
    }
  }

  /** The length of a file before and after something was added. */
  record Added(long before, long after) {}

  private static Added append(Path file, String lines) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      // Released with the channel.
      channel.lock();
      long before = channel.size();
      byte[] last = lastLine(channel);
      boolean whole = last.length == 0 || isDecision(last);
      long end = whole ? before : before - last.length;
      String text = whole && last.length > 0 ? "\n" + lines : lines;
      try {
        channel.truncate(end);
        channel.position(end);
        ByteBuffer left = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (left.hasRemaining()) {
          channel.write(left);
        }
        channel.force(true);
        return new Added(before, channel.size());
      } catch (IOException e) {
        channel.truncate(end);
        throw e;
      }
    }
  }

  /** What stands after the last end of a line. */
  private static byte[] lastLine(FileChannel channel) throws IOException {
    long size = channel.size();
    int length = 0;
    byte[] tail = {};
    boolean found = size == 0;
    for (int wanted = 1; !found; wanted = Math.min(wanted * 1024, Integer.MAX_VALUE / 1024)) {
      length = (int) Math.min(size, wanted);
      ByteBuffer buffer = ByteBuffer.allocate(length);
      while (buffer.hasRemaining()
          && channel.read(buffer, size - length + buffer.position()) >= 0) {}
      tail = buffer.array();
      for (int i = tail.length - 1; i >= 0 && !found; i--) {
        if (tail[i] == '\n') {
          tail = Arrays.copyOfRange(tail, i + 1, tail.length);
          found = true;
        }
      }
      found |= length == size;
    }
    return tail;
  }

  private static boolean isDecision(byte[] line) {
    String text = new String(line, StandardCharsets.UTF_8).strip();
    try {
      if (!text.isEmpty()) {
        DecisionLine.parse(text);
      }
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
