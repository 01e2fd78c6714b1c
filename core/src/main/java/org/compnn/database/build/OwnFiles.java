package org.compnn.database.build;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.compnn.database.Annex;
import org.compnn.database.Layout;
import org.compnn.database.Manifest;
import org.compnn.database.ManifestFile;
import org.compnn.files.WholeFile;
import org.compnn.problem.UserError;

/**
 * Which files of a folder are a database's own: those that its description or the plan of a build
 * in it names, and what a build writes on the way to them. Nothing else is ever removed.
 */
final class OwnFiles {
  private static final List<String> ROOMS =
      List.of(Layout.NETWORK, Layout.EXEMPLARS, Layout.LAYERS, Layout.BUILD);

  private static final String ASIDE = "(" + Pattern.quote(WholeFile.ASIDE) + ")?";

  /** Folders of arrays derived from a layer, those under way among them. */
  private static final String ANNEX = "lists-p\\d(\\.part|\\.old)?";

  /** Behind the name of a layer's folder. */
  private static final Pattern OF_A_LAYER =
      Pattern.compile(
          "/((cells-\\d{5}(\\.r\\d+)?|mean|deviation|scale|codebook)\\.npy"
              + ASIDE
              + "|sums\\.json"
              + ASIDE
              + "|"
              + ANNEX
              + "/(\\w+\\.(npy|tmp)|annex\\.json|draft\\.json)"
              + ASIDE
              + ")");

  private static final Pattern OF_A_BUILDS_LAYER = Pattern.compile("/cells-\\d{5}\\.npy" + ASIDE);

  private static final Pattern OF_NO_LAYER =
      Pattern.compile(
          "exemplars/(input|target|prediction|learned)-\\d{5}(\\.r\\d+)?\\.npy"
              + ASIDE
              + "|build/(plan|shard-\\d{5})\\.json"
              + ASIDE);

  private final Path folder;
  private final Set<String> named = new HashSet<>();
  private final Set<String> layers = new HashSet<>();

  private OwnFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * The files of a database, or of one begun.
   *
   * @throws UserError if the folder's description or plan is damaged, or not ours
   */
  static OwnFiles of(Path folder) throws IOException {
    OwnFiles own = new OwnFiles(folder);
    if (Files.exists(folder.resolve(ManifestFile.NAME), LinkOption.NOFOLLOW_LINKS)) {
      Manifest manifest = ManifestFile.read(folder);
      manifest.files().forEach(file -> own.named.add(file.path()));
      manifest.layers().forEach(layer -> own.layers.add(layer.folder()));
    }
    BuildState state = new BuildState(folder);
    if (state.begun()) {
      BuildState.Plan plan = state.plan();
      own.named.addAll(plan.files());
      own.layers.addAll(plan.layers());
    }
    return own;
  }

  /** What {@link BuildState.Plan} notes of them. */
  Set<String> named() {
    return named;
  }

  Set<String> layers() {
    return layers;
  }

  private boolean owns(String path) {
    return named.contains(path)
        || OF_NO_LAYER.matcher(path).matches()
        || layers.stream()
            .anyMatch(
                layer ->
                    ownOf(layer, OF_A_LAYER, path)
                        || ownOf(Layout.BUILD + "/" + layer, OF_A_BUILDS_LAYER, path));
  }

  private static boolean ownOf(String layer, Pattern pattern, String path) {
    return path.startsWith(layer) && pattern.matcher(path.substring(layer.length())).matches();
  }

  /**
   * @throws UserError if there is anything else where the database's files go
   */
  void refuseOthers() throws IOException {
    Optional<Path> other =
        files().stream()
            .filter(
                file ->
                    !owns(relative(file)) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
            .findFirst();
    if (other.isPresent()) {
      throw new UserError(
          other.get()
              + ": expected files of the database alone, found another; move it, or choose another"
              + " folder");
    }
  }

  /** Files and links in the folders that a database has, in the order of their names. */
  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String room : ROOMS) {
      Path root = folder.resolve(room);
      if (Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
        Files.walkFileTree(
            root,
            new SimpleFileVisitor<>() {
              @Override
              public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.add(file);
                return FileVisitResult.CONTINUE;
              }
            });
      }
    }
    files.sort(Path::compareTo);
    return files;
  }

  private String relative(Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  /** Removes all own files but the plan, which says that they are ours. */
  void remove() throws IOException {
    remove(path -> true);
  }

  /** Removes arrays derived from layers: while a database is built there are none of its cells. */
  void removeAnnexes() throws IOException {
    remove(OwnFiles::isOfAnnex);
  }

  /**
   * Removes own files that a finished database does not name, and last the plan.
   *
   * @param manifest what it names
   */
  void removeLeftovers(Manifest manifest) throws IOException {
    Set<String> kept = new HashSet<>();
    manifest.files().forEach(file -> kept.add(file.path()));
    remove(path -> !kept.contains(path) && !isOfAnnex(path));
    Path plan = folder.resolve(Layout.BUILD).resolve(BuildState.PLAN);
    Files.deleteIfExists(plan);
    prune(plan);
  }

  private static boolean isOfAnnex(String path) {
    return path.matches(".*/" + ANNEX + "/[^/]+");
  }

  /** The bytes of own files that a finished database does not name. */
  long leftoverBytes(Manifest manifest) throws IOException {
    Set<String> kept = new HashSet<>();
    manifest.files().forEach(file -> kept.add(file.path()));
    long bytes = 0;
    for (Path file : files()) {
      String path = relative(file);
      if (owns(path) && !kept.contains(path) && !isOfAnnex(path)) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  private void remove(Predicate<String> wanted) throws IOException {
    String plan = Layout.BUILD + "/" + BuildState.PLAN;
    for (Path file : files()) {
      String path = relative(file);
      if (owns(path) && !path.equals(plan) && wanted.test(path)) {
        Files.delete(file);
        prune(file);
      }
    }
  }

  /** Removes the folders that a file's removal has left empty. */
  private void prune(Path removed) throws IOException {
    for (Path parent = removed.getParent();
        parent != null && !parent.equals(folder);
        parent = parent.getParent()) {
      try {
        Files.deleteIfExists(parent);
      } catch (DirectoryNotEmptyException e) {
        return;
      }
    }
  }

  /**
   * Where the annexes of layers were being exchanged when all ended.
   *
   * @param layers their folders
   */
  static List<Path> outgoing(Path folder, List<String> layers) throws IOException {
    List<Path> outgoing = new ArrayList<>();
    for (String layer : layers) {
      Path home = folder.resolve(layer);
      if (Files.isDirectory(home)) {
        try (var entries = Files.list(home)) {
          entries
              .filter(entry -> entry.getFileName().toString().matches(ANNEX))
              .filter(entry -> entry.toString().endsWith(Annex.OUTGOING))
              .forEach(outgoing::add);
        }
      }
    }
    return outgoing;
  }
}
