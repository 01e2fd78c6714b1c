package org.compnn.database.build;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.compnn.problem.UserError;

/**
 * Keeps other builds out of a database's folder: of cells, of added exemplars and of lists. The
 * system takes it back when its process dies. A thread that holds it may take it again.
 */
public final class BuildLock implements AutoCloseable {
  /** A file in the database's folder, there while a build is under way. */
  public static final String FILE = "index.lock";

  /** Far behind what the file says, so that others can read it where locks forbid that. */
  private static final long PLACE = 1L << 40;

  private static final Map<Path, BuildLock> HELD = new HashMap<>();

  private final Path folder;
  private final FileChannel channel;
  private final Thread holder = Thread.currentThread();
  private int times = 1;

  private BuildLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @param folder there already
   * @throws UserError if another build is under way; it names its process
   */
  public static BuildLock take(Path folder) throws IOException {
    Path real = folder.toRealPath();
    synchronized (HELD) {
      BuildLock held = HELD.get(real);
      if (held != null) {
        if (held.holder != Thread.currentThread()) {
          throw busy(folder, String.valueOf(ProcessHandle.current().pid()));
        }
        held.times++;
        return held;
      }
      Path file = real.resolve(FILE);
      Optional<FileChannel> channel = Optional.empty();
      while (channel.isEmpty()) {
        channel = attempt(folder, file);
      }
      BuildLock taken = new BuildLock(real, channel.get());
      HELD.put(real, taken);
      return taken;
    }
  }

  /** Empty if the one that held the lock has removed its file meanwhile. */
  private static Optional<FileChannel> attempt(Path folder, Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    boolean kept = false;
    try {
      Object before = key(file);
      if (channel.tryLock(PLACE, 1, false) == null) {
        throw busy(folder, said(channel));
      }
      // Whose file is gone has locked nothing.
      if (before.equals(key(file)) && !before.equals("")) {
        byte[] process = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(process), 0);
        kept = true;
        return Optional.of(channel);
      }
      return Optional.empty();
    } finally {
      if (!kept) {
        channel.close();
      }
    }
  }

  private static Object key(Path file) throws IOException {
    try {
      Object key =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
              .fileKey();
      return key == null ? file : key;
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  private static String said(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(20);
    channel.read(text, 0);
    return new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII)
        .replaceAll("[^0-9]", "");
  }

  private static UserError busy(Path folder, String process) {
    return new UserError(
        "%s: expected no other build here, found one under way%s; wait until it is done, or choose another folder"
            .formatted(folder, process.isEmpty() ? "" : " (process " + process + ")"));
  }

  /** Whether a build is under way in a folder, of this process or another. */
  public static boolean isTaken(Path folder) throws IOException {
    synchronized (HELD) {
      // To open its file and close it again would give back what this process holds.
      if (HELD.containsKey(folder.toRealPath())) {
        return true;
      }
      Path file = folder.resolve(FILE);
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || !Files.isWritable(file)) {
        return false;
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        return channel.tryLock(PLACE, 1, false) == null;
      }
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (HELD) {
      times--;
      if (times == 0) {
        HELD.remove(folder);
        try (channel) {
          Files.deleteIfExists(folder.resolve(FILE));
        }
      }
    }
  }
}
