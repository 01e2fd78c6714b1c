package org.compnn.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.compnn.problem.UserError;

/**
 * Text in whatever form editors and spreadsheets leave it: UTF-8 with or without a byte order mark,
 * UTF-16, and else Latin-1, of which a note is made.
 */
final class TextFile {
  private static final char MARK = '\ufeff';

  private TextFile() {}

  /**
   * Reads a file.
   *
   * @param note hears of what is assumed
   * @throws UserError if it cannot be read
   */
  static String read(Path file, Consumer<String> note) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UserError(file + ": expected a text file, but it cannot be read", e);
    }
    String text = decoded(bytes, file, note);
    return !text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text;
  }

  private static String decoded(byte[] bytes, Path file, Consumer<String> note) {
    if (isWide(bytes, 0xff, 0xfe) || hasZeros(bytes, 1)) {
      return new String(bytes, StandardCharsets.UTF_16LE);
    }
    if (isWide(bytes, 0xfe, 0xff) || hasZeros(bytes, 0)) {
      return new String(bytes, StandardCharsets.UTF_16BE);
    }
    try {
      return strict(bytes, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      note.accept(file + ": read as Latin-1, since it is no UTF-8");
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  private static String strict(byte[] bytes, Charset charset) throws CharacterCodingException {
    return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static boolean isWide(byte[] bytes, int first, int second) {
    return bytes.length >= 2 && (bytes[0] & 0xff) == first && (bytes[1] & 0xff) == second;
  }

  /** Whether every other byte is zero, as in UTF-16 of Latin letters. */
  private static boolean hasZeros(byte[] bytes, int first) {
    if (bytes.length < 8) {
      return false;
    }
    for (int i = 0; i < 8; i++) {
      if ((bytes[i] == 0) != (i % 2 == first)) {
        return false;
      }
    }
    return true;
  }
}
