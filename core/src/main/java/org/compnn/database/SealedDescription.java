package org.compnn.database;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.compnn.files.Json;
import org.compnn.files.SealedJson;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a sealed description is read: format, version and seal are checked before anything that it
 * says is relied on.
 *
 * @param <T> what it describes, as a record
 * @param type the record
 * @param name of the file in its folder
 * @param format what it says first
 * @param version that is read
 * @param of what it is the description of
 * @param completed adds what older files of the version need not say
 * @param fault what is wrong with a whole one, if anything
 * @param damaged the error of a line about a file that cannot be relied on, with its remedy
 * @param missing the error of a folder without the file
 */
record SealedDescription<T>(
    Class<T> type,
    String name,
    String format,
    int version,
    String of,
    Consumer<ObjectNode> completed,
    Function<T, Optional<String>> fault,
    BiFunction<String, Optional<Exception>, UserError> damaged,
    BiFunction<Path, NoSuchFileException, UserError> missing) {

  /**
   * Reads and checks what can be checked without other files.
   *
   * @throws UserError if the file is not there, damaged, or of another version
   */
  T read(Path folder) {
    Path file = folder.resolve(name);
    SealedJson sealed;
    try {
      sealed = SealedJson.read(file);
    } catch (JacksonException e) {
      throw damaged.apply(file + ": expected JSON, found a damaged file", Optional.of(e));
    } catch (NoSuchFileException e) {
      throw missing.apply(folder, e);
    } catch (IOException e) {
      throw new UserError(file + ": cannot be read (" + e + ")", e);
    }
    JsonNode tree = sealed.tree();
    if (!tree.path("format").asString("").equals(format)) {
      throw new UserError(file + ": expected the description of " + of + ", found other JSON");
    }
    int found = tree.path("version").asInt(0);
    if (found != version) {
      throw UserError.about(
          Knob.INDEX,
          "%s: expected format version %d, found %d; use the CompNN that made it, or index again"
              .formatted(file, version, found));
    }
    if (!sealed.isWhole()) {
      throw damaged.apply(
          file + ": expected the checksum at its end, found another: the file was changed",
          Optional.empty());
    }
    return checked(file, tree);
  }

  private T checked(Path file, JsonNode tree) {
    T description;
    try {
      if (tree instanceof ObjectNode members) {
        completed.accept(members);
      }
      description = Json.read(tree, type);
    } catch (JacksonException e) {
      throw damaged.apply(
          "%s: expected a whole description, found a damaged one (%s)"
              .formatted(file, e.getOriginalMessage()),
          Optional.of(e));
    }
    Optional<String> wrong = fault.apply(description);
    if (wrong.isPresent()) {
      throw damaged.apply(file + ": " + wrong.get(), Optional.empty());
    }
    return description;
  }
}
