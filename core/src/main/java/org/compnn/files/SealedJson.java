package org.compnn.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A JSON object whose last member is the checksum (CRC-32C) of all that stands before it, so that
 * no byte of it can change unnoticed.
 *
 * @param tree what it says
 * @param seal whether it is as it was written
 */
public record SealedJson(JsonNode tree, Seal seal) {
  private static final String SEAL = ",\n  \"crc32c\" : \"";
  private static final String END = "\"\n}\n";

  /** What the checksum at the end of a file says. */
  public enum Seal {
    /** The file is as it was written. */
    WHOLE,
    /** It was changed. */
    BROKEN,
    /** It has none: it was never sealed, or the seal itself was changed. */
    NONE
  }

  /** A record as indented text, sealed. */
  public static String text(Object value) {
    String body = Json.text(value).stripTrailing();
    String open = body.substring(0, body.lastIndexOf('}')).stripTrailing();
    return open + SEAL + Checksum.of(open) + END;
  }

  /**
   * Reads a file.
   *
   * @throws JacksonException if it is no JSON
   */
  public static SealedJson read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return new SealedJson(Json.tree(new String(bytes, StandardCharsets.UTF_8)), seal(bytes));
  }

  private static Seal seal(byte[] bytes) {
    // A sign a byte: what is no UTF-8 must not be taken for what replaces it.
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int at = text.lastIndexOf(SEAL);
    if (at < 0) {
      return Seal.NONE;
    }
    String expected = Checksum.of(Arrays.copyOf(bytes, at)) + END;
    return text.substring(at + SEAL.length()).equals(expected) ? Seal.WHOLE : Seal.BROKEN;
  }

  public boolean isWhole() {
    return seal == Seal.WHOLE;
  }
}
