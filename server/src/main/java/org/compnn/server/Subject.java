package org.compnn.server;

/** The picture that a page asks about. */
sealed interface Subject {
  /** Its kind and id, as addresses and requests have them. */
  String key();

  /**
   * A picture of the data set that was named when the server was started.
   *
   * @param index its place there
   */
  record FromData(int index, String id) implements Subject {
    @Override
    public String key() {
      return "data/" + id;
    }
  }

  /**
   * A training picture.
   *
   * @param index its place in the database
   */
  record Training(int index, String id) implements Subject {
    @Override
    public String key() {
      return "training/" + id;
    }
  }

  /**
   * A picture that was dropped on the page.
   *
   * @param id the first half of the SHA-256 of its file, in hexadecimal digits
   * @param name what reports call it
   */
  record Uploaded(String id, String name) implements Subject {
    @Override
    public String key() {
      return "upload/" + id + "/" + name;
    }
  }

  /** Its name alone. */
  String id();
}
