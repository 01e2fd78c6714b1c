package org.compnn.chaos;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Counts what happens to the files below a folder, and acts at a certain one. The system tells of
 * them within a millisecond or two; several of one file may come as one.
 */
final class FileEvents implements AutoCloseable {
  private final WatchService service;
  private final Predicate<Path> counted;
  private final int wanted;
  private final Runnable action;
  private final Thread thread;
  private int count;

  private FileEvents(
      WatchService service, Path root, Predicate<Path> counted, int wanted, Runnable action)
      throws IOException {
    this.service = service;
    this.counted = counted;
    this.wanted = wanted;
    this.action = action;
    register(root);
    this.thread = Thread.ofPlatform().daemon().unstarted(this::watch);
  }

  /**
   * Begins to watch.
   *
   * @param counted which files count
   * @param wanted at which event to act, from 1; 0 for none
   */
  static FileEvents of(Path root, Predicate<Path> counted, int wanted, Runnable action)
      throws IOException {
    FileEvents events =
        new FileEvents(root.getFileSystem().newWatchService(), root, counted, wanted, action);
    events.thread.start();
    return events;
  }

  /** How many there were so far. */
  synchronized int count() {
    return count;
  }

  private void register(Path folder) throws IOException {
    folder.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
    // What came to be before the folder was watched.
    try (Stream<Path> inside = Files.list(folder)) {
      for (Path each : inside.toList()) {
        happened(each);
      }
    }
  }

  private void watch() {
    try {
      while (true) {
        WatchKey key = service.take();
        List<WatchEvent<?>> events = key.pollEvents();
        for (WatchEvent<?> event : events) {
          if (event.context() instanceof Path name) {
            Path file = ((Path) key.watchable()).resolve(name);
            happened(file);
          }
        }
        key.reset();
      }
    } catch (ClosedWatchServiceException e) {
      // Nobody wants to know any more.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void happened(Path file) {
    boolean now;
    synchronized (this) {
      now = counted.test(file) && ++count == wanted;
    }
    if (now) {
      action.run();
    }
    if (Files.isDirectory(file)) {
      try {
        register(file);
      } catch (IOException e) {
        // It is gone again.
      }
    }
  }

  @Override
  public void close() throws IOException {
    service.close();
  }
}
