package org.compnn.generate;

import java.util.Locale;

/**
 * The twelve classes of the CMP Facade Database (Tylecek and Sara, 2013) in its own order, with the
 * colours of its published label pictures.
 */
public enum FacadeClass {
  BACKGROUND(0, 0x0000de),
  FACADE(1, 0x0030ff),
  WINDOW(2, 0x0080ff),
  DOOR(3, 0x00cfff),
  CORNICE(4, 0x20ffe0),
  SILL(5, 0x70ff8f),
  BALCONY(6, 0xc0ff3f),
  BLIND(7, 0xfff000),
  DECO(8, 0xff9f00),
  MOLDING(9, 0xff5000),
  PILLAR(10, 0xff0000),
  SHOP(11, 0xae0000);

  private final int code;
  private final int colour;

  FacadeClass(int code, int colour) {
    this.code = code;
    this.colour = colour;
  }

  /** The class's index in a label map, 0..11. */
  public int code() {
    return code;
  }

  /** The class's colour in a label picture, 0xRRGGBB. */
  public int colour() {
    return colour;
  }

  /** The name as the data base writes it: {@code background}, {@code facade} and so on. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
