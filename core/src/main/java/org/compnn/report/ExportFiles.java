package org.compnn.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.compnn.files.WholeFile;

/** Where the files of an export go. */
@FunctionalInterface
public interface ExportFiles {
  /**
   * Writes a file whole.
   *
   * @param name relative, with slashes between folders and file
   * @return where it lies
   */
  Path write(String name, byte[] bytes) throws IOException;

  /** Files in a folder, which is made when the first of them is written. */
  static ExportFiles in(Path folder) {
    return (name, bytes) -> {
      Path file = folder.resolve(name);
      Path parent = file.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      WholeFile.write(file, bytes);
      return file;
    };
  }

  /** Files in a ZIP archive. */
  static Zip zip(OutputStream out) {
    return new Zip(out);
  }

  /** A ZIP archive; whoever opened it closes it. */
  final class Zip implements ExportFiles, AutoCloseable {
    private final ZipOutputStream zip;

    private Zip(OutputStream out) {
      this.zip = new ZipOutputStream(out);
    }

    @Override
    public Path write(String name, byte[] bytes) throws IOException {
      ZipEntry entry = new ZipEntry(name);
      // The same export is the same archive.
      entry.setTime(0);
      zip.putNextEntry(entry);
      zip.write(bytes);
      zip.closeEntry();
      return Path.of(name);
    }

    @Override
    public void close() throws IOException {
      zip.close();
    }
  }
}
