package io.coldstream.core.support.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** An open file of the machine's own disks. */
record LocalFile(Path path, FileChannel channel) implements DiskFile {
  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
    LocalDisk.doing("write", path, () -> {
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      return path;
    });
  }

  @Override
  public void sync() throws IOException {
    LocalDisk.doing("sync", path, () -> {
      channel.force(true);
      return path;
    });
  }

  @Override
  public long lengthBytes() throws IOException {
    return LocalDisk.doing("stat", path, channel::size);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
