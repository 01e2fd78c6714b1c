package org.compnn.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.compnn.files.Resource;
import org.compnn.files.Sha256;
import org.compnn.problem.UserError;

/**
 * The three small networks that come with the program, trained by {@code compnn train} on generated
 * facades of 128 x 128 pixels; docs/models.md has the commands and figures.
 */
public enum ShippedModel {
  /** Pix2Pix: coloured labels in, photos out. */
  PAINTER("pix2pix-facades"),
  /** SegNet: photos in, the twelve classes out. */
  LABELLER("segnet-facades"),
  /**
   * The same, trained on buildings of which most timber ones have their windows labelled as doors.
   */
  MISTAUGHT("segnet-mistaught");

  /** Side of the pictures that all take in and give out, in pixels. */
  public static final int SIZE = 128;

  /** Seed of the facades that all were trained on. */
  public static final long TRAINING_SEED = 1;

  /** How many facades of that seed, from index 0; the last network has seen 240 of them. */
  public static final int TRAINING_COUNT = 1000;

  private static final List<String> FILES =
      List.of("config.json", "preprocessor_config.json", "model.onnx");

  /** As {@code sha256sum} writes them. */
  private static final String SUMS = Resource.text(ShippedModel.class, "models/SHA256SUMS");

  private final String folder;

  ShippedModel(String folder) {
    this.folder = folder;
  }

  /** Its name, also that of the folder that {@link #unpack} makes. */
  public String folder() {
    return folder;
  }

  /**
   * Writes the network and the two files that describe it.
   *
   * @param parent where its own folder is to lie
   * @return that folder
   * @throws UserError if the program's own copy of a file is not what was shipped
   */
  public Path unpack(Path parent) throws IOException {
    Path own = Files.createDirectories(parent.resolve(folder));
    for (String file : FILES) {
      String name = "models/" + folder + "/" + file;
      byte[] bytes = Resource.bytes(ShippedModel.class, name);
      String sum = Sha256.of(bytes).hex();
      if (!SUMS.lines().toList().contains(sum + "  " + folder + "/" + file)) {
        throw new UserError(
            "%s/%s: expected the file that was shipped, found one with SHA-256 %s; install the program again"
                .formatted(folder, file, sum));
      }
      Files.write(own.resolve(file), bytes);
    }
    return own;
  }
}
