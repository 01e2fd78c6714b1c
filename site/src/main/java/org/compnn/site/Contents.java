package org.compnn.site;

import java.util.List;
import java.util.Optional;

/** Which documents the site has, and in which order. */
final class Contents {
  /**
   * A document.
   *
   * @param source in the repository
   * @param page the site's file
   * @param name what it is called where there is little room
   */
  record Entry(String source, String page, String name) {}

  /** Documents under one heading. */
  record Part(String heading, List<Entry> entries) {}

  /** The whole, in the order in which it is read. */
  static final List<Part> PARTS =
      List.of(
          new Part(
              "Start",
              List.of(
                  new Entry("README.md", "index.html", "Overview"),
                  doc("tutorial", "Tutorial"),
                  doc("gallery", "Gallery"))),
          new Part(
              "Tasks",
              List.of(
                  doc("find-out-why", "Find out why"),
                  doc("find-bad-labels", "Find bad labels"),
                  doc("change-the-data", "Change the data"),
                  doc("can-you-trust-it", "Can you trust it?"),
                  doc("page", "The page"),
                  doc("python", "From Python"),
                  doc("sets", "Sets"),
                  doc("cluster", "Clusters"))),
          new Part(
              "Concepts",
              List.of(
                  doc("concepts", "Concepts"),
                  doc("networks", "Networks"),
                  doc("datasets", "Data sets"),
                  doc("search", "Searching"),
                  doc("glossary", "Glossary"))),
          new Part(
              "Reference",
              List.of(
                  doc("command-line", "The command line"),
                  doc("outputs", "Output files"),
                  doc("json", "JSON for scripts"),
                  doc("database-format", "Database format"),
                  doc("models", "Models"),
                  doc("distributions", "Distributions"))),
          new Part(
              "Help",
              List.of(
                  doc("troubleshooting", "Troubleshooting"),
                  doc("faq", "Questions and answers"),
                  doc("reliability", "What is promised"),
                  doc("benchmarks", "Benchmarks"))),
          new Part(
              "Work on it",
              List.of(
                  doc("architecture", "Architecture"),
                  new Entry("CONTRIBUTING.md", "contributing.html", "Contributing"),
                  doc("dependencies", "Dependencies"),
                  new Entry("THIRD-PARTY.md", "third-party.html", "Licences"),
                  new Entry("SECURITY.md", "security.html", "Security"),
                  new Entry("CHANGELOG.md", "changelog.html", "Changelog"))));

  private Contents() {}

  private static Entry doc(String name, String shown) {
    return new Entry("docs/" + name + ".md", name + ".html", shown);
  }

  /** All documents, in order. */
  static List<Entry> entries() {
    return PARTS.stream().flatMap(part -> part.entries().stream()).toList();
  }

  /** The page of a file of the repository, where it has one. */
  static Optional<Entry> of(String source) {
    return entries().stream().filter(entry -> entry.source().equals(source)).findFirst();
  }
}
