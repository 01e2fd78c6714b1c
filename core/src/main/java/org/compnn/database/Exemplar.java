package org.compnn.database;

import java.util.List;

/**
 * A training pair in a database.
 *
 * @param index its place in the database, from 0; the number that fields and NPY files carry
 * @param id its name in the data set
 * @param tags its tags, as key=value or a bare word
 */
public record Exemplar(int index, String id, List<String> tags) {
  public Exemplar {
    tags = List.copyOf(tags);
  }
}
