package org.compnn.database;

/** What a network puts out. */
public enum OutputKind {
  /** The class of every pixel. */
  LABELS,
  /** A picture. */
  PICTURE,
  /** Numbers at every pixel. */
  VALUES
}
