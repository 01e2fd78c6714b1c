package org.compnn.network.run;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.compnn.files.CacheFolder;
import org.compnn.files.WholeFile;

/**
 * The native part of ONNX Runtime, 28 MB. By itself ONNX Runtime unpacks it anew for every run into
 * the temporary folder, and a run that is killed leaves it there. Here it is unpacked once, into
 * the user's cache, under a name that its checksum is part of; every run checks it.
 */
final class NativeLibrary {
  /** What ONNX Runtime reads the folder from. */
  static final String PROPERTY = "onnxruntime.native.path";

  /** Read by the library when it is loaded. */
  private static final String TELEMETRY = "ORT_DISABLE_TELEMETRY";

  /** A value that is there already stays. */
  private static final int KEEP = 0;

  private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");

  private static boolean prepared;

  private NativeLibrary() {}

  /**
   * Sees to it that ONNX Runtime finds its library unpacked. Where no folder can be written, or
   * {@link #PROPERTY} is set already, it is left to its own ways.
   */
  static synchronized void prepare() {
    if (prepared) {
      return;
    }
    prepared = true;
    silence();
    if (System.getProperty(PROPERTY) == null) {
      unpack(CacheFolder.candidates()).ifPresent(f -> System.setProperty(PROPERTY, f.toString()));
    }
  }

  /**
   * Tells ONNX Runtime to report nothing to its makers, unless the user's environment says
   * otherwise. What it would report it works out with the command line, by a recursion that runs
   * out of stack, and crashes the JVM, where that is longer than about 3,500 signs.
   */
  @SuppressWarnings("restricted") // The signature is that of the system.
  private static void silence() {
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> setenv = linker.defaultLookup().find("setenv");
    if (setenv.isEmpty()) {
      return;
    }
    MethodHandle set =
        linker.downcallHandle(
            setenv.get(),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT));
    try (Arena arena = Arena.ofConfined()) {
      int _ = (int) set.invokeExact(arena.allocateFrom(TELEMETRY), arena.allocateFrom("1"), KEEP);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A file of the library within its jar.
   *
   * @param name as the system calls it
   * @param crc CRC-32 as the jar notes it
   */
  private record Packed(String name, URL content, long bytes, long crc) {}

  /**
   * Unpacks the library where that was not done before.
   *
   * @param caches folders to try, one after the other
   * @return the folder that holds it; empty where none can
   */
  static Optional<Path> unpack(List<Path> caches) {
    List<Packed> libraries;
    try {
      libraries = packed();
    } catch (IOException e) {
      return Optional.empty();
    }
    if (libraries.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder name = new StringBuilder("onnxruntime");
    libraries.forEach(
        library -> name.append('-').append(HexFormat.of().toHexDigits(library.crc(), 8)));
    for (Path cache : caches) {
      Path folder = cache.resolve(name.toString());
      try {
        for (Packed library : libraries) {
          unpack(library, folder);
        }
        if (isLoadable(folder)) {
          return Optional.of(folder);
        }
      } catch (IOException | SecurityException e) {
        // The next one may do.
      }
    }
    return Optional.empty();
  }

  /** A folder may lie on a file system that nothing can be run from. */
  @SuppressWarnings("restricted") // It is what ONNX Runtime loads a moment later.
  private static boolean isLoadable(Path folder) {
    // What one class loader has loaded no other can; it is tried for ONNX Runtime's own alone.
    if (!Objects.equals(
        NativeLibrary.class.getClassLoader(), OrtEnvironment.class.getClassLoader())) {
      return true;
    }
    try {
      System.load(folder.resolve(System.mapLibraryName(LIBRARIES.getFirst())).toString());
      return true;
    } catch (UnsatisfiedLinkError e) {
      return false;
    }
  }

  private static void unpack(Packed library, Path folder) throws IOException {
    Path file = folder.resolve(library.name());
    if (isWhole(file, library)) {
      return;
    }
    createPrivately(folder);
    Path aside = Files.createTempFile(folder, library.name(), WholeFile.ASIDE);
    try {
      try (InputStream in = library.content().openStream()) {
        Files.copy(in, aside, StandardCopyOption.REPLACE_EXISTING);
      }
      try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      // Others may do the same at this moment; the last to come leaves the same file.
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(aside);
    }
    if (!isWhole(file, library)) {
      throw new IOException(file + " is not what was written");
    }
  }

  private static void createPrivately(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(folder);
    }
  }

  private static boolean isWhole(Path file, Packed library) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        || Files.size(file) != library.bytes()) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return crc(in) == library.crc();
    }
  }

  private static long crc(InputStream in) throws IOException {
    CRC32 crc = new CRC32();
    try (CheckedInputStream checked = new CheckedInputStream(in, crc)) {
      byte[] block = new byte[1 << 18];
      while (checked.read(block) >= 0) {
        // It sums up as it reads.
      }
    }
    return crc.getValue();
  }

  /** The library's files for this system; none where ONNX Runtime has none. */
  private static List<Packed> packed() throws IOException {
    List<Packed> libraries = new ArrayList<>();
    for (String library : LIBRARIES) {
      String name = System.mapLibraryName(library);
      URL content =
          OrtEnvironment.class.getResource("/ai/onnxruntime/native/" + system() + "/" + name);
      if (content == null) {
        return List.of();
      }
      libraries.add(packed(name, content));
    }
    return libraries;
  }

  private static Packed packed(String name, URL content) throws IOException {
    URLConnection connection = content.openConnection();
    if (connection instanceof JarURLConnection inJar) {
      JarEntry entry = inJar.getJarEntry();
      if (entry != null && entry.getSize() >= 0 && entry.getCrc() >= 0) {
        return new Packed(name, content, entry.getSize(), entry.getCrc());
      }
    }
    try (InputStream in = connection.getInputStream()) {
      return new Packed(name, content, connection.getContentLengthLong(), crc(in));
    }
  }

  /** What ONNX Runtime calls this system and its processor. */
  private static String system() {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    String os = name.contains("mac") ? "osx" : name.contains("win") ? "win" : "linux";
    String arch =
        switch (processor) {
          case "amd64", "x86_64" -> "x64";
          case "arm64", "aarch64" -> "aarch64";
          default -> processor;
        };
    return os + "-" + arch;
  }
}
