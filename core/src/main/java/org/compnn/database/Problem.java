package org.compnn.database;

/**
 * What is wrong with a file of a database.
 *
 * @param file the file, relative to the database's folder
 * @param what what was expected and what was found
 */
public record Problem(String file, String what) {
  @Override
  public String toString() {
    return file + ": " + what;
  }
}
