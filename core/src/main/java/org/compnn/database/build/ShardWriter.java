package org.compnn.database.build;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.compnn.database.Layout;
import org.compnn.database.Manifest;
import org.compnn.files.Checksum;
import org.compnn.files.WholeFile;

/**
 * One shard under way. It is written aside and gets its name once it is whole and on the disk, so
 * that a file that bears the name of a shard is one.
 */
final class ShardWriter implements AutoCloseable {
  private final Path folder;
  private final Path aside;
  private final Column column;
  private final String path;
  private final int planned;
  private final int headerBytes;
  private final FileChannel channel;
  private final CRC32C crc = new CRC32C();

  /**
   * @param planned exemplars that are to come; fewer may
   */
  ShardWriter(Path folder, Column column, int shard, int planned) throws IOException {
    this(folder, column, Layout.shard(column.path(), shard), planned);
  }

  /**
   * A shard of another name.
   *
   * @param path relative to the folder
   */
  ShardWriter(Path folder, Column column, String path, int planned) throws IOException {
    this.folder = folder;
    this.column = column;
    this.path = path;
    this.aside = WholeFile.aside(folder.resolve(path));
    this.planned = planned;
    Files.createDirectories(folder.resolve(path).getParent());
    this.channel =
        FileChannel.open(
            aside,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    byte[] header = column.header(planned).bytes();
    this.headerBytes = header.length;
    append(header);
  }

  /** Where the shard lies until it is whole. */
  Path aside() {
    return aside;
  }

  /** The bytes of the next exemplar. */
  void append(byte[] bytes) throws IOException {
    crc.update(bytes);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /**
   * Makes the shard whole.
   *
   * @param exemplars how many came
   */
  Manifest.FileEntry finish(int exemplars) throws IOException {
    String checksum = Checksum.text(crc);
    if (exemplars != planned) {
      ByteBuffer header = ByteBuffer.wrap(column.header(exemplars).bytes(headerBytes));
      channel.write(header, 0);
      checksum = Checksum.of(aside);
    }
    long bytes = channel.size();
    channel.close();
    WholeFile.publish(aside, folder.resolve(path));
    return new Manifest.FileEntry(path, bytes, checksum);
  }

  /** Leaves what is not whole lie aside; the next build writes over it. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
