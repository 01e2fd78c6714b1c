package org.compnn.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.compnn.DatabaseSet;
import org.compnn.database.Database;
import org.compnn.database.Problem;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;

/**
 * Files of another file system, fetched once to a folder of this machine's own disk. They are
 * fetched under another name, compared with what was listed, databases read against their seals,
 * and named in one step: what is there is whole. Each state of what an address names has a folder
 * of its own, so what was changed is fetched anew.
 */
final class Fetched {
  private static final String SHARDS = "shards/";
  private static final int FINGERPRINT = 16;

  private final FetchFolder folder;
  private final Configuration hadoop;

  /**
   * @param folder where they lie
   * @param hadoop how file systems are reached
   */
  Fetched(FetchFolder folder, Configuration hadoop) {
    this.folder = folder;
    this.hadoop = hadoop;
  }

  /** A file as it was listed, relative to what was asked for; that itself has an empty name. */
  private record Listed(String name, long length, long modified) {}

  /**
   * What an address names now.
   *
   * @throws UserError if it names nothing, or its file system is not known or does not answer
   */
  Address found(String uri) {
    if (uri.toLowerCase(Locale.ROOT).endsWith(".onnx")) {
      // What belongs to a network lies beside it.
      int end = uri.lastIndexOf('/');
      return found(uri.substring(0, end)).at(uri.substring(end + 1));
    }
    return new Address(uri, fingerprint(uri, listed(uri)), "");
  }

  private List<Listed> listed(String uri) {
    try {
      org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path(URI.create(uri));
      FileSystem files = root.getFileSystem(hadoop);
      FileStatus status = files.getFileStatus(root);
      String begin = files.makeQualified(status.getPath()).toUri().getPath();
      List<Listed> listed = new ArrayList<>();
      if (status.isFile()) {
        listed.add(new Listed("", status.getLen(), status.getModificationTime()));
      } else {
        RemoteIterator<LocatedFileStatus> each = files.listFiles(root, true);
        while (each.hasNext()) {
          LocatedFileStatus file = each.next();
          String name =
              file.getPath()
                  .toUri()
                  .getPath()
                  .substring(begin.length() + (begin.endsWith("/") ? 0 : 1));
          listed.add(new Listed(name, file.getLen(), file.getModificationTime()));
        }
      }
      listed.sort(Comparator.comparing(Listed::name));
      return listed;
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(uri, e);
    }
  }

  private static UserError unreadable(String uri, Exception e) {
    String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return new UserError(
        uri
            + ": expected something to read on a file system that Hadoop knows, found none ("
            + e.getClass().getSimpleName()
            + ": "
            + first
            + "); mend the address, or give Spark the file system's jars and settings"
            + " (spark.jars, spark.hadoop.*)",
        e);
  }

  private static String fingerprint(String uri, List<Listed> listed) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(uri.getBytes(StandardCharsets.UTF_8));
      for (Listed file : listed) {
        digest.update(file.toString().getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, FINGERPRINT);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Where an address lies on this machine, fetched if it is not there yet.
   *
   * @param without names of a set's shards that nobody needs here
   * @throws UserError if it was changed since it was found, arrives damaged, or has no room
   */
  Path local(Address address, Collection<String> without) {
    try (FetchFolder.Turn _ = folder.turn(address.state())) {
      Path place = folder.of(address.state()).resolve(address.name());
      if (!Files.exists(place)) {
        fetch(address, "", place);
      }
      if (Files.isDirectory(place) && DatabaseSet.isThere(place)) {
        for (DatabaseSet.Shard shard : DatabaseSet.of(place).shards()) {
          String name = place.relativize(shard.folder()).toString();
          if (name.startsWith(SHARDS)
              && (address.file().isEmpty()
                  ? !without.contains(shard.name())
                  : name.equals(address.file()))
              && !Files.exists(shard.folder())) {
            fetch(address, name + "/", shard.folder());
          }
        }
      }
      return address.file().isEmpty() ? place : place.resolve(address.file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Fetches a part of what an address names.
   *
   * @param prefix of the names of its files; where it is empty all are, but a set's shards
   */
  private void fetch(Address address, String prefix, Path place) throws IOException {
    List<Listed> all = listed(address.uri());
    if (!fingerprint(address.uri(), all).equals(address.state())) {
      throw new UserError(
          address.uri()
              + ": expected it as it was when the command began, found it changed; start the"
              + " command again");
    }
    boolean set = all.stream().anyMatch(file -> file.name().equals("set.json"));
    List<Listed> wanted =
        all.stream()
            .filter(
                file ->
                    prefix.isEmpty()
                        ? !(set && file.name().startsWith(SHARDS))
                        : file.name().startsWith(prefix))
            .toList();
    if (wanted.isEmpty()) {
      // A shard that is missing there is missing here, and is told as such.
      return;
    }
    folder.makeRoom(address, wanted.stream().mapToLong(Listed::length).sum());
    // Whose turn it is finds what was given up, and begins anew.
    Path own = folder.of(address.state()).resolve("fetching");
    FetchFolder.remove(own);
    try {
      for (Listed file : wanted) {
        copy(
            address,
            file,
            file.name().isEmpty() ? own : own.resolve(file.name().substring(prefix.length())));
      }
      if (Files.exists(own.resolve("database.json"))) {
        sealed(address, prefix, own);
      }
      Files.createDirectories(place.getParent());
      Files.move(own, place, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      FetchFolder.remove(own);
    }
  }

  private void copy(Address address, Listed file, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path(URI.create(address.uri()));
    org.apache.hadoop.fs.Path from =
        file.name().isEmpty() ? root : new org.apache.hadoop.fs.Path(root, file.name());
    long length;
    try (InputStream in = from.getFileSystem(hadoop).open(from)) {
      length = Files.copy(in, to);
    } catch (IOException e) {
      throw unreadable(address.uri(), e);
    }
    if (length != file.length()) {
      throw new UserError(
          "%s: expected %d bytes, fetched %d; start the command again"
              .formatted(from, file.length(), length));
    }
  }

  private static void sealed(Address address, String prefix, Path own) {
    List<Problem> problems = Database.verify(own, Progress.NONE);
    if (!problems.isEmpty()) {
      throw new UserError(
          "%s: expected a whole database, fetched one with %s; verify it where it was made"
              .formatted(address.uri() + "/" + prefix, problems.getFirst()));
    }
  }
}
