package org.compnn.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.compnn.files.Resource;

/**
 * The two small networks that come with the program, trained by {@code compnn train} on generated
 * facades of 128 x 128 pixels; docs/models.md has the commands and figures.
 */
public enum ShippedModel {
  /** Pix2Pix: coloured labels in, photos out. */
  PAINTER("pix2pix-facades"),
  /** SegNet: photos in, the twelve classes out. */
  LABELLER("segnet-facades");

  /** Side of the pictures that both take in and give out, in pixels. */
  public static final int SIZE = 128;

  /** Seed of the facades that both were trained on. */
  public static final long TRAINING_SEED = 1;

  /** How many facades of that seed, from index 0. */
  public static final int TRAINING_COUNT = 1000;

  private static final List<String> FILES =
      List.of("config.json", "preprocessor_config.json", "model.onnx");

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
   */
  public Path unpack(Path parent) throws IOException {
    Path own = Files.createDirectories(parent.resolve(folder));
    for (String file : FILES) {
      String name = "models/" + folder + "/" + file;
      Files.write(own.resolve(file), Resource.bytes(ShippedModel.class, name));
    }
    return own;
  }
}
