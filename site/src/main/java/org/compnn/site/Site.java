package org.compnn.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Builds the site: {@code HOME OUT [LIBRARY]}, see {@code bin/site}. */
public final class Site {
  private static final List<String> OWN = List.of("style.css", "search.js");

  private final Path home;
  private final Path out;

  private Site(Path home, Path out) {
    this.home = home;
    this.out = out;
  }

  /** Builds it; ends with code 2 where a link leads nowhere. */
  public static void main(String[] args) throws IOException {
    Path home = Path.of(args[0]).toAbsolutePath().normalize();
    Path out = Path.of(args[1]).toAbsolutePath().normalize();
    List<String> libraries = List.of(args).subList(2, args.length);
    if (!libraries.isEmpty()) {
      LibraryDocument.write(home, out.resolve("javadoc"), libraries);
    }
    build(home, out);
    List<String> broken = Links.broken(out);
    broken.forEach(line -> System.err.println("site: " + line));
    System.out.println(out.resolve("index.html"));
    System.exit(broken.isEmpty() ? 0 : 2);
  }

  /**
   * Writes all pages.
   *
   * @param home the repository
   * @param out the folder, made if it is missing
   */
  static void build(Path home, Path out) throws IOException {
    new Site(home, out).build();
  }

  private void build() throws IOException {
    Files.createDirectories(out);
    List<Document> documents = new ArrayList<>();
    Set<String> files = new TreeSet<>();
    for (Contents.Entry entry : Contents.entries()) {
      Document document = Document.of(home, entry, Files.readString(home.resolve(entry.source())));
      documents.add(document);
      files.addAll(document.files());
    }
    boolean javadoc = Files.exists(out.resolve("javadoc/index.html"));
    for (Document document : documents) {
      Files.writeString(out.resolve(document.entry().page()), Frame.page(document, javadoc));
    }
    Files.writeString(out.resolve("search-index.js"), SearchIndex.script(documents));
    for (String own : OWN) {
      try (InputStream in = Site.class.getResourceAsStream(own)) {
        if (in == null) {
          throw new IllegalStateException(own + " is not among the classes");
        }
        Files.copy(in, out.resolve(own), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    for (String file : files) {
      Path from = home.resolve(file);
      // What is not there is found among the links that lead nowhere.
      if (Files.isRegularFile(from)) {
        Path to = out.resolve(copied(file));
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** Where a file of the repository lies in the site. */
  static String copied(String file) {
    if (file.startsWith("docs/")) {
      return file.substring("docs/".length());
    }
    // Browsers show what they know to be text.
    return "files/" + file + (file.contains(".") ? "" : ".txt");
  }
}
