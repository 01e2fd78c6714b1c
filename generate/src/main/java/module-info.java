/** Procedural facades. */
module org.compnn.generate {
  requires static org.jspecify;
  requires transitive info.picocli;
  requires transitive org.compnn.core;

  exports org.compnn.generate;

  opens org.compnn.generate to
      info.picocli;
}
