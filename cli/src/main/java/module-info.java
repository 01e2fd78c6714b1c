/** The command line. */
module org.compnn.cli {
  requires info.picocli;
  requires java.logging;
  requires me.tongfei.progressbar;
  requires org.compnn.core;
  requires org.compnn.demo;
  requires org.compnn.generate;
  requires org.compnn.server;
  requires org.compnn.train;
  requires static org.jspecify;
  requires tools.jackson.dataformat.toml;

  opens org.compnn.cli to
      info.picocli,
      tools.jackson.databind;
}
