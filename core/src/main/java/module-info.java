/**
 * The library. What a program calls is exported to all; what the modules around it share, to them
 * alone. The program runs from the class path, where the compiler's word on this holds too.
 */
module org.compnn.core {
  requires com.google.protobuf;
  requires com.microsoft.onnxruntime;
  requires com.twelvemonkeys.imageio.metadata;
  requires dev.hardwood.core;
  requires java.management;
  requires jdk.incubator.vector;
  requires jdk.management;
  requires org.apache.commons.csv;
  requires org.snakeyaml.engine;
  requires static org.jspecify;
  requires transitive java.desktop;
  requires transitive tools.jackson.databind;

  exports org.compnn;
  exports org.compnn.compose;
  exports org.compnn.database;
  exports org.compnn.dataset;
  exports org.compnn.explain;
  exports org.compnn.image;
  exports org.compnn.measure;
  exports org.compnn.network;
  exports org.compnn.network.geometry;
  exports org.compnn.npy;
  exports org.compnn.problem;
  exports org.compnn.progress;
  exports org.compnn.report;
  exports org.compnn.search;
  exports org.compnn.study;
  exports org.compnn.threads;
  exports org.compnn.files to
      org.compnn.cli,
      org.compnn.demo,
      org.compnn.generate,
      org.compnn.server,
      org.compnn.train;
  exports org.compnn.viewer to
      org.compnn.cli,
      org.compnn.demo,
      org.compnn.server;
  exports org.compnn.network.onnx to
      org.compnn.train;

  // Jackson writes their records, and pages take their scripts.
  opens org.compnn.database to
      tools.jackson.databind;
  opens org.compnn.database.build to
      tools.jackson.databind;
  opens org.compnn.report;
  opens org.compnn.viewer;
}
