package org.compnn.site;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** The library's documentation, as the JDK's own tool makes it of what others may call. */
final class LibraryDocument {
  private static final Pattern EXPORTED =
      Pattern.compile("^\\s*exports\\s+([\\w.]+)\\s*;", Pattern.MULTILINE);

  private LibraryDocument() {}

  /**
   * Writes it.
   *
   * @param libraries jars and folders of classes that the library needs, and its own
   */
  static void write(Path home, Path out, List<String> libraries) throws IOException {
    Path sources = home.resolve("core/src/main/java");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-quiet",
                "-notimestamp",
                "-Xdoclint:none",
                "--ignore-source-errors",
                "-encoding",
                "UTF-8",
                "-docencoding",
                "UTF-8",
                "-charset",
                "UTF-8",
                "-windowtitle",
                "CompNN",
                "-doctitle",
                "CompNN, the library",
                "--add-modules",
                "jdk.incubator.vector",
                "-classpath",
                String.join(File.pathSeparator, libraries),
                "-d",
                out.toString()));
    Matcher exported = EXPORTED.matcher(Files.readString(sources.resolve("module-info.java")));
    while (exported.find()) {
      try (Stream<Path> files = Files.list(sources.resolve(exported.group(1).replace('.', '/')))) {
        files
            .filter(f -> f.toString().endsWith(".java"))
            .map(Path::toString)
            .forEach(arguments::add);
      }
    }
    int code =
        ToolProvider.findFirst("javadoc")
            .orElseThrow(() -> new IllegalStateException("expected a JDK with javadoc, found none"))
            .run(System.err, System.err, arguments.toArray(String[]::new));
    if (code != 0 || !Files.exists(out.resolve("index.html"))) {
      throw new IllegalStateException("javadoc ended with code " + code);
    }
  }
}
