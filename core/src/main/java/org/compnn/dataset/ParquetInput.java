package org.compnn.dataset;

import dev.hardwood.InputFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A Parquet file as its library reads it. Where a page says that it reaches beyond its column, the
 * library asks for no bytes again and again, without end and on threads that everybody shares; here
 * the first such question ends it.
 */
record ParquetInput(InputFile file) implements InputFile {
  static InputFile of(Path path) {
    return new ParquetInput(InputFile.of(path));
  }

  @Override
  public void open() throws IOException {
    file.open();
  }

  @Override
  public ByteBuffer readRange(long offset, int length) throws IOException {
    if (length < 1) {
      throw new EOFException("a page that reaches beyond its column at byte " + offset);
    }
    return file.readRange(offset, length);
  }

  @Override
  public long length() throws IOException {
    return file.length();
  }

  @Override
  public String name() {
    return file.name();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
