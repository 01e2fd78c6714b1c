/** The whole way on data and networks of our own, as one page. */
module org.compnn.demo {
  requires org.compnn.generate;
  requires static org.jspecify;
  requires transitive info.picocli;
  requires transitive org.compnn.core;

  exports org.compnn.demo;

  opens org.compnn.demo;
}
