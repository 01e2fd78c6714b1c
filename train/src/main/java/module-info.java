/** Training Pix2Pix and SegNet. */
module org.compnn.train {
  requires ai.djl.api;
  requires com.google.protobuf;
  requires info.picocli;
  requires org.compnn.core;
  requires static org.jspecify;

  opens org.compnn.train to
      info.picocli,
      tools.jackson.databind;
}
