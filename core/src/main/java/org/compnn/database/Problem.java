package org.compnn.database;

import java.io.Serializable;

/**
 * What is wrong with a file of a database. It can be sent to another process.
 *
 * @param file the file, relative to the database's folder
 * @param what what was expected and what was found
 */
public record Problem(String file, String what) implements Serializable {
  @Override
  public String toString() {
    return file + ": " + what;
  }
}
