package org.compnn.spark;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.compnn.problem.UserError;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a machine that files are fetched to, for all processes of the machine: no larger
 * than it may be, and nothing goes away that a process uses. What was used last stays longest.
 */
final class FetchFolder {
  private static final String USED = ".used";
  private static final String FETCHED = ".fetched";

  /** A channel that holds a lock for as long as this process lives, by its file. */
  private static final Map<Path, FileChannel> HELD = new HashMap<>();

  /** Locks of files are for processes; among the threads of this one, there is this. */
  private static final ReentrantLock THREADS = new ReentrantLock();

  private final Path root;
  private final long most;

  /**
   * @param root is made when it is needed
   * @param most bytes that may lie there
   */
  FetchFolder(Path root, long most) {
    this.root = root;
    this.most = most;
  }

  /** Where a state lies. */
  Path of(String state) {
    return root.resolve(state);
  }

  /** While it lasts no other thread or process fetches this state. */
  static final class Turn implements AutoCloseable {
    private final FileChannel channel;

    private Turn(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public void close() throws IOException {
      // Two channels of one process may not lock the same file.
      try (channel) {
        // It is closed before others have their turn.
      } finally {
        THREADS.unlock();
      }
    }
  }

  /** Waits for the turn to fetch a state, which from now on this process uses. */
  Turn turn(String state) throws IOException {
    THREADS.lock();
    try {
      Files.createDirectories(root);
      FileChannel channel = open(root.resolve(state + FETCHED));
      try {
        channel.lock();
        use(state);
        return new Turn(channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      THREADS.unlock();
      throw e;
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private void use(String state) throws IOException {
    Path file = root.resolve(state + USED).toAbsolutePath();
    if (!HELD.containsKey(file)) {
      FileChannel channel = open(file);
      channel.lock(0, Long.MAX_VALUE, true);
      HELD.put(file, channel);
    }
    Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
  }

  /** This process uses nothing any more. */
  static void release() throws IOException {
    THREADS.lock();
    try {
      for (FileChannel channel : HELD.values()) {
        channel.close();
      }
      HELD.clear();
    } finally {
      THREADS.unlock();
    }
  }

  /**
   * Removes what nobody uses, the longest unused first, until so many bytes more may lie there.
   *
   * @throws UserError if they may not even then
   */
  void makeRoom(Address address, long bytes) throws IOException {
    long lying = size(root);
    for (Path used : leastUsedFirst()) {
      if (lying + bytes <= most) {
        break;
      }
      if (HELD.containsKey(used.toAbsolutePath())) {
        // To open and close it would give up this process's lock.
        continue;
      }
      String name = used.getFileName().toString();
      Path state = of(name.substring(0, name.length() - USED.length()));
      try (FileChannel channel = open(used);
          FileLock lock = channel.tryLock()) {
        if (lock != null) {
          lying -= size(state);
          // Its lock stays: others may be waiting for it.
          remove(state);
        }
      }
    }
    if (lying + bytes > most) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "%s: expected room for %,d bytes in %s, found %,d of %,d in use; allow it more"
                  + " (spark.compnn.fetched.size), or another folder (spark.compnn.fetched)",
              address.uri(),
              bytes,
              root,
              lying,
              most));
    }
  }

  private List<Path> leastUsedFirst() throws IOException {
    Map<Path, FileTime> times = new HashMap<>();
    try (Stream<Path> files = Files.list(root)) {
      for (Path file : files.filter(file -> file.toString().endsWith(USED)).toList()) {
        times.put(file, Files.getLastModifiedTime(file));
      }
    }
    return times.keySet().stream().sorted(Comparator.comparing(times::get)).toList();
  }

  private static long size(Path folder) throws IOException {
    long[] bytes = {0};
    if (Files.exists(folder)) {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              bytes[0] += attributes.size();
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              // Another process has given it its name meanwhile.
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path done, @Nullable IOException e) {
              return FileVisitResult.CONTINUE;
            }
          });
    }
    return bytes[0];
  }

  static void remove(Path folder) throws IOException {
    Attempt.remove(folder);
  }
}
