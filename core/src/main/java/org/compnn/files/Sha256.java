package org.compnn.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** A SHA-256 hash: 32 bytes that tell contents apart. */
public final class Sha256 {
  private final byte[] hash;

  private Sha256(byte[] hash) {
    this.hash = hash;
  }

  /** Of bytes. */
  public static Sha256 of(byte[] bytes) {
    return new Sha256(digest().digest(bytes));
  }

  /** Of a text in UTF-8. */
  public static Sha256 of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Of bytes and, after them, whole files in their order. */
  public static Sha256 of(byte[] bytes, List<Path> then) throws IOException {
    MessageDigest digest = digest();
    digest.update(bytes);
    byte[] chunk = new byte[1 << 20];
    for (Path file : then) {
      try (InputStream in = Files.newInputStream(file)) {
        for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
          digest.update(chunk, 0, n);
        }
      }
    }
    return new Sha256(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** All of it in 64 lower-case hexadecimal digits. */
  public String hex() {
    return hex(hash.length);
  }

  /**
   * Its beginning in lower-case hexadecimal digits.
   *
   * @param bytes how many bytes, of two digits each, 1 to 32
   */
  public String hex(int bytes) {
    return HexFormat.of().formatHex(hash, 0, bytes);
  }

  /** As content security policies name a script or style: {@code sha256-} and Base64. */
  public String policy() {
    return "sha256-" + Base64.getEncoder().encodeToString(hash);
  }
}
