package org.compnn.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A folder of files that hold what the program answered when they were written, and what it answers
 * now. By default numbers may differ as much as they do from one processor to another; with {@code
 * -Dgolden.strict=true} every digit and every byte must be the same; with {@code
 * -Dgolden.write=true} the files are written anew instead. All differences of a folder are said at
 * once, by {@link #close}.
 */
public final class Golden implements AutoCloseable {
  private static final Path ROOT = Path.of("src/test/resources/golden");
  private static final boolean STRICT = Boolean.getBoolean("golden.strict");
  private static final boolean WRITE = Boolean.getBoolean("golden.write");

  private final Path folder;
  private final List<String> differences = new ArrayList<>();

  private Golden(Path folder) {
    this.folder = folder;
  }

  /** The files of one question to the program. */
  public static Golden of(String first, String... more) {
    return new Golden(ROOT.resolve(Path.of(first, more)));
  }

  /** Compares JSON, without what {@link PinnedJson} leaves out. */
  public void json(String name, byte[] actual) throws IOException {
    json(name, PinnedJson.read(actual));
  }

  /** The same of a tree. */
  public void json(String name, JsonNode actual) throws IOException {
    JsonNode pinned = PinnedJson.pinned(actual);
    byte[] text = PinnedJson.text(pinned).getBytes(StandardCharsets.UTF_8);
    Optional<byte[]> expected = kept(name, text);
    if (expected.isPresent() && differs(expected.get(), text)) {
      // Read from the text as the other is, so that both have the same kinds of numbers.
      List<String> found =
          PinnedJson.differences(
              PinnedJson.read(expected.get()), PinnedJson.read(text), STRICT, name);
      differences.addAll(found);
      if (STRICT && found.isEmpty()) {
        differences.add(name + ": the members come in another order");
      }
    }
  }

  /** Compares CSV with a header line. */
  public void csv(String name, byte[] actual) throws IOException {
    Optional<byte[]> expected = kept(name, actual);
    if (expected.isPresent() && differs(expected.get(), actual)) {
      differences.addAll(
          PinnedCsv.differences(
              new String(expected.get(), StandardCharsets.UTF_8),
              new String(actual, StandardCharsets.UTF_8),
              STRICT,
              name));
    }
  }

  /** Compares an NPY file of matches or of distances. */
  public void npy(String name, byte[] actual) throws IOException {
    arrays(name, actual, PinnedField::ofNpy);
  }

  /** Compares a field as the page reads it. */
  public void field(String name, byte[] actual) throws IOException {
    arrays(name, actual, PinnedField::ofPage);
  }

  private interface Reading {
    PinnedField of(byte[] bytes);
  }

  private void arrays(String name, byte[] actual, Reading reading) throws IOException {
    Optional<byte[]> packed = kept(name + ".gz", packed(actual));
    if (packed.isPresent()) {
      byte[] expected = unpacked(packed.get());
      if (differs(expected, actual)) {
        String found = reading.of(actual).difference(reading.of(expected), STRICT);
        if (STRICT || !found.isEmpty()) {
          differences.add(name + ": " + (found.isEmpty() ? "the bytes differ" : found));
        }
      }
    }
  }

  /** Compares what lies in a folder: the names of all files, and of PNG files what they show. */
  public void files(String name, Path of) throws IOException {
    ObjectNode found = PinnedJson.object();
    try (Stream<Path> walk = Files.walk(of)) {
      for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
        String known = of.relativize(file).toString().replace('\\', '/');
        if (known.endsWith(".png")) {
          found.set(known, PinnedPicture.of(Files.readAllBytes(file)));
        } else {
          found.put(known, "");
        }
      }
    }
    json(name, found);
  }

  /** An empty object. */
  public static ObjectNode object() {
    return PinnedJson.object();
  }

  /** Reads JSON, every number as it is written. */
  public static JsonNode read(byte[] json) {
    return PinnedJson.read(json);
  }

  /** What a picture shows, in a few numbers. */
  public static ObjectNode picture(byte[] file) throws IOException {
    return PinnedPicture.of(file);
  }

  /** How long bytes are, and a digest of them. */
  public static ObjectNode digest(byte[] bytes) {
    return object().put("bytes", bytes.length).put("sha256", PinnedJson.digest(bytes));
  }

  private static boolean differs(byte[] expected, byte[] actual) {
    return !Arrays.equals(expected, actual);
  }

  /** What the file holds; nothing where there is nothing to compare with. */
  private Optional<byte[]> kept(String name, byte[] actual) throws IOException {
    Path file = folder.resolve(name);
    if (WRITE) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, actual);
      return Optional.empty();
    }
    if (!Files.isRegularFile(file)) {
      differences.add(file + " is missing; -Dgolden.write=true writes it");
      return Optional.empty();
    }
    return Optional.of(Files.readAllBytes(file));
  }

  private static byte[] packed(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static byte[] unpacked(byte[] bytes) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }

  /** Fails if anything differs. */
  @Override
  public void close() {
    assertThat(differences)
        .as(
            "%s (if this is meant to change: -Dgolden.write=true writes the files anew)"
                .formatted(folder))
        .isEmpty();
  }
}
