package org.compnn.image;

import java.util.HexFormat;

/** Colours as text: {@code #rrggbb}, as CSS and data sets have them. */
public final class HexColour {
  private static final HexFormat HEX = HexFormat.of();

  private HexColour() {}

  /**
   * The text of a colour.
   *
   * @param rgb 0xRRGGBB; what is above is not looked at
   */
  public static String of(int rgb) {
    return "#" + HEX.toHexDigits(rgb, 6);
  }

  /**
   * The colour of a text.
   *
   * @param text six hexadecimal digits after a #, capitals or not
   * @return 0xRRGGBB
   * @throws IllegalArgumentException if it is something else
   */
  public static int parse(String text) {
    if (text.length() != 7 || text.charAt(0) != '#') {
      throw new IllegalArgumentException("no colour such as #80c0ff: '" + text + "'");
    }
    try {
      return HexFormat.fromHexDigits(text, 1, 7);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("no colour such as #80c0ff: '" + text + "'", e);
    }
  }
}
