package org.compnn.image;

import java.util.Optional;

/** What a picture file stores, before it is known whether its numbers are classes or colours. */
public final class StoredPicture {
  private final DecodedPicture decoded;

  StoredPicture(DecodedPicture decoded) {
    this.decoded = decoded;
  }

  /** Whether each pixel is one number: a palette's index or a grey level; alpha aside. */
  public boolean isIndexed() {
    return decoded.isIndexed();
  }

  /** What changed the numbers on saving, such as "a JPEG", where something did. */
  public Optional<String> inexact() {
    return decoded.inexact();
  }

  /** The colours; grey three times. */
  public Picture picture() {
    return decoded.picture();
  }

  /**
   * The numbers as classes.
   *
   * @throws org.compnn.problem.UserError if they are no single numbers of 0..255 that are there as
   *     they were saved
   */
  public LabelMap indices() {
    return decoded.indices();
  }
}
