package org.compnn;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Keeps every source file of every module in one format. {@code bin/format} runs it with {@code
 * -Dformat.write}.
 */
final class SourceFormatTest {
  /** Hashes of sources that were found formatted, since formatting all takes a while. */
  private static final Path KNOWN = Path.of("target", "formatted.txt");

  @Test
  void everySourceFileIsFormatted() throws IOException {
    boolean write = Boolean.getBoolean("format.write");
    Set<String> known = Files.exists(KNOWN) ? Set.copyOf(Files.readAllLines(KNOWN)) : Set.of();
    Set<String> formatted = ConcurrentHashMap.newKeySet();
    List<Path> unformatted =
        sources().parallelStream()
            .filter(file -> !isFormatted(file, write, known, formatted))
            .toList();
    Files.write(KNOWN, formatted.stream().sorted().toList());
    if (!write) {
      assertThat(unformatted).as("run bin/format").isEmpty();
    }
  }

  private static boolean isFormatted(
      Path file, boolean write, Set<String> known, Set<String> formatted) {
    try {
      String source = Files.readString(file);
      String hash = hash(source);
      boolean right = known.contains(hash);
      if (!right) {
        String wanted =
            RemoveUnusedImports.removeUnusedImports(
                new Formatter().formatSourceAndFixImports(source));
        right = wanted.equals(source);
        if (write && !right) {
          Files.writeString(file, wanted);
        }
      }
      if (right) {
        formatted.add(hash);
      }
      return right;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FormatterException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  /** Of a source together with where the formatter lies, which names its version. */
  private static String hash(String source) {
    String formatter =
        Formatter.class.getProtectionDomain().getCodeSource().getLocation().toString();
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(digest.digest((formatter + source).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    try (Stream<Path> modules = Files.list(Path.of("..").toAbsolutePath().normalize())) {
      for (Path module : modules.filter(m -> Files.isRegularFile(m.resolve("pom.xml"))).toList()) {
        Path src = module.resolve("src");
        if (Files.isDirectory(src)) {
          try (Stream<Path> files = Files.walk(src)) {
            files.filter(f -> f.toString().endsWith(".java")).sorted().forEach(sources::add);
          }
        }
      }
    }
    assertThat(sources).isNotEmpty();
    return sources;
  }
}
