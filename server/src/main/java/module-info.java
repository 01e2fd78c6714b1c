/** The page and its JSON interface. */
module org.compnn.server {
  requires external.umap.java;
  requires jdk.httpserver;
  requires static org.jspecify;
  requires transitive info.picocli;
  requires transitive org.compnn.core;

  exports org.compnn.server;

  opens org.compnn.server;
}
