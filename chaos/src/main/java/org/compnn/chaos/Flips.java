package org.compnn.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.compnn.database.Database;
import org.compnn.explain.Options;
import org.compnn.files.SealedJson;
import org.compnn.image.Picture;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One flipped bit a try, in every kind of file in turn. A third of the tries at a description seal
 * it again, as someone who edits it would: then it may be read, but must not break the program.
 */
final class Flips {
  /** Where an array's description lies. */
  private static final int HEADER = 128;

  /** Takes a hundredth of a search in lists. */
  private static final Options SMALL = Options.defaults().layer("bottleneck");

  private final Path database;
  private final Picture picture;
  private final String answer;
  private final String listAnswer;
  private final List<String> kinds;
  private final Map<String, List<Path>> files = new TreeMap<>();

  Flips(Path database, Picture picture, Map<String, String> hashes) {
    this.database = database;
    this.picture = picture;
    this.answer = Answer.of(database, picture, SMALL);
    this.listAnswer = Answer.of(database, picture, Options.defaults());
    for (String name : hashes.keySet()) {
      String file = Path.of(name).getFileName().toString().replaceAll("-\\d+", "");
      String kind = name.contains("lists-p") ? "lists/" + file : file;
      files.computeIfAbsent(kind, _ -> new ArrayList<>()).add(database.resolve(name));
    }
    files.remove("index.lock");
    this.kinds = List.copyOf(files.keySet());
  }

  /** Flips, looks, and flips back. */
  Outcome run(long seed) throws IOException {
    Random random = new Random(seed * 0x9e3779b97f4a7c15L);
    String kind = kinds.get((int) Math.floorMod(seed, (long) kinds.size()));
    List<Path> same = files.getOrDefault(kind, List.of());
    Path file = same.get(random.nextInt(same.size()));
    byte[] before = Files.readAllBytes(file);
    byte[] bytes = before.clone();
    boolean description = kind.endsWith(".json");
    int at = place(bytes, random, description);
    bytes[at] ^= (byte) (1 << random.nextInt(8));
    boolean sealed = description && !kind.contains("config") && random.nextInt(3) == 0;
    Optional<byte[]> resealed = sealed ? sealed(bytes) : Optional.empty();
    boolean lists = kind.startsWith("lists/");
    try {
      Files.write(file, resealed.orElse(bytes));
      String row = kind + (resealed.isPresent() ? ", sealed again" : "");
      Optional<String> wrong =
          resealed.isPresent() ? broken(lists) : unfound().or(() -> changed(description, lists));
      return wrong
          .map(what -> Outcome.failed(row, "byte %d of %s: %s".formatted(at, file, what)))
          .orElse(Outcome.survived(row));
    } finally {
      Files.write(file, before);
    }
  }

  private static int place(byte[] bytes, Random random, boolean description) {
    if (description && random.nextInt(4) > 0) {
      List<JsonFields.Place> places = JsonFields.of(bytes);
      JsonFields.Place place = places.get(random.nextInt(places.size()));
      return place.from() + random.nextInt(place.to() - place.from());
    }
    return random.nextInt(random.nextBoolean() ? Math.min(HEADER, bytes.length) : bytes.length);
  }

  /** The same JSON under a right seal, if it is JSON still. */
  private static Optional<byte[]> sealed(byte[] bytes) {
    try {
      if (JsonMapper.builder().build().readTree(bytes) instanceof ObjectNode object) {
        object.remove("crc32c");
        return Optional.of(SealedJson.text(object).getBytes(StandardCharsets.UTF_8));
      }
    } catch (JacksonException e) {
      // No JSON any more.
    }
    return Optional.empty();
  }

  private Optional<String> unfound() {
    try {
      return Database.verify(database, Progress.NONE).isEmpty()
          ? Optional.of("verify has not found it")
          : Optional.empty();
    } catch (UserError e) {
      return oneLine(e);
    } catch (RuntimeException | Error e) {
      return Optional.of("verify: " + Outcome.text(e));
    }
  }

  /**
   * Whether the database answers something else in silence. Arrays are not read through when a
   * database is opened, and docs/reliability.md says so; descriptions are.
   */
  private Optional<String> changed(boolean description, boolean lists) {
    try {
      return answer(lists).equals(lists ? listAnswer : answer) || !description
          ? Optional.empty()
          : Optional.of("another answer, in silence");
    } catch (UserError e) {
      return oneLine(e);
    } catch (RuntimeException | Error e) {
      return Optional.of("explain: " + Outcome.text(e));
    }
  }

  private String answer(boolean lists) {
    return Answer.of(database, picture, lists ? Options.defaults() : SMALL);
  }

  /** Whether the program breaks on what someone has written on purpose. */
  private Optional<String> broken(boolean lists) {
    try {
      Database.verify(database, Progress.NONE);
      answer(lists);
      return Optional.empty();
    } catch (UserError e) {
      return oneLine(e);
    } catch (RuntimeException | Error e) {
      return Optional.of("sealed again: " + Outcome.text(e));
    }
  }

  private static Optional<String> oneLine(UserError e) {
    String line = String.valueOf(e.getMessage());
    return line.lines().count() == 1
        ? Optional.empty()
        : Optional.of("expected one line, found " + line);
  }
}
