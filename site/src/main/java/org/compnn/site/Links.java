package org.compnn.site;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether every link of the built pages leads somewhere within them. */
final class Links {
  private static final Pattern LINK =
      Pattern.compile("<(a|img|link|script)\\s[^>]*?(?:href|src)=\"([^\"]*)\"");
  private static final Pattern ANCHOR = Pattern.compile("\\sid=\"([^\"]+)\"");

  private final Path site;
  private final Map<Path, Set<String>> anchors = new HashMap<>();

  private Links(Path site) {
    this.site = site;
  }

  /**
   * A line for each link of the site's own pages that leads nowhere, or that would fetch something
   * from elsewhere.
   */
  static List<String> broken(Path site) throws IOException {
    Links links = new Links(site);
    List<String> broken = new ArrayList<>();
    try (Stream<Path> files = Files.list(site)) {
      for (Path page : files.filter(f -> f.toString().endsWith(".html")).sorted().toList()) {
        links.check(page, broken);
      }
    }
    return broken;
  }

  private void check(Path page, List<String> broken) throws IOException {
    for (Matcher link = LINK.matcher(Files.readString(page)); link.find(); ) {
      String element = link.group(1);
      String target = link.group(2).replace("&amp;", "&");
      if (target.matches("[a-z]+:.*")) {
        if (!element.equals("a")) {
          broken.add(page.getFileName() + ": " + target + " is fetched from elsewhere");
        }
      } else if (!leadsSomewhere(page, target)) {
        broken.add(page.getFileName() + ": " + target + " leads nowhere");
      }
    }
  }

  private boolean leadsSomewhere(Path page, String target) throws IOException {
    int hash = target.indexOf('#');
    String path =
        URLDecoder.decode(hash < 0 ? target : target.substring(0, hash), StandardCharsets.UTF_8);
    Path file = path.isEmpty() ? page : page.resolveSibling(path).normalize();
    if (!file.startsWith(site) || !Files.isRegularFile(file)) {
      return false;
    }
    return hash < 0
        || hash == target.length() - 1
        || anchors(file).contains(target.substring(hash + 1));
  }

  private Set<String> anchors(Path file) throws IOException {
    Set<String> known = anchors.get(file);
    if (known == null) {
      known = new HashSet<>();
      for (Matcher anchor = ANCHOR.matcher(Files.readString(file)); anchor.find(); ) {
        known.add(anchor.group(1));
      }
      anchors.put(file, known);
    }
    return known;
  }
}
