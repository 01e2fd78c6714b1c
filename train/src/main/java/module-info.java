/** Training Pix2Pix and SegNet. */
module org.compnn.train {
  // Where nothing is trained, the commands' help is there without it.
  requires static ai.djl.api;
  requires com.google.protobuf;
  requires transitive info.picocli;
  requires org.compnn.core;
  requires static org.jspecify;

  exports org.compnn.train;

  opens org.compnn.train to
      info.picocli,
      tools.jackson.databind;
}
