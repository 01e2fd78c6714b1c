package org.compnn.spark;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** A file system of another scheme, whose files lie on this machine; some may break off. */
public final class OtherFiles extends RawLocalFileSystem {
  static final String SCHEME = "other";

  /** What cannot be opened, by the end of its path; none where it is empty. */
  static String broken = "";

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FSDataInputStream open(Path file, int buffer) throws IOException {
    if (!broken.isEmpty() && file.toString().endsWith(broken)) {
      throw new IOException("the connection broke off");
    }
    return super.open(file, buffer);
  }

  @Override
  public FileStatus getFileStatus(Path file) throws IOException {
    return plain(super.getFileStatus(file));
  }

  @Override
  public FileStatus[] listStatus(Path folder) throws IOException {
    return Arrays.stream(super.listStatus(folder))
        .map(OtherFiles::plain)
        .toArray(FileStatus[]::new);
  }

  /** Without owners, which are asked of files of this machine alone. */
  private static FileStatus plain(FileStatus status) {
    return new FileStatus(
        status.getLen(),
        status.isDirectory(),
        1,
        status.getBlockSize(),
        status.getModificationTime(),
        status.getPath());
  }

  static Configuration known() {
    Configuration hadoop = new Configuration();
    hadoop.set("fs." + SCHEME + ".impl", OtherFiles.class.getName());
    hadoop.setBoolean("fs." + SCHEME + ".impl.disable.cache", true);
    return hadoop;
  }
}
