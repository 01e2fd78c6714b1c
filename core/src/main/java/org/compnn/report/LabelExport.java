package org.compnn.report;

import java.io.IOException;
import java.nio.file.Path;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;

/** Pictures with label maps, written as other programs import them. */
public sealed interface LabelExport permits CocoExport, FiftyOneExport {
  /**
   * Adds a picture.
   *
   * @param labels of its size
   */
  void add(String id, Picture picture, LabelMap labels) throws IOException;

  /** Writes what describes the whole; answers the file or folder to import. */
  Path finish() throws IOException;
}
