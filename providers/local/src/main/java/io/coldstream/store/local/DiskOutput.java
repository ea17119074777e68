package io.coldstream.store.local;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Queue;

/** A file of the real file system, being written. Used by one thread. */
final class DiskOutput implements FileOps.Output {

  private final Path file;
  private final FileChannel channel;
  private final EvenWriter writer;

  DiskOutput(Path file, FileChannel channel, Queue<ByteBuffer> buffers) {
    this.file = file;
    this.channel = channel;
    this.writer = new EvenWriter(new Channel(channel), this::openDirect, buffers);
  }

  /** At the same path: nobody else gives its name to another file while this one is locked. */
  private EvenWriter.Target openDirect() throws IOException {
    return new Channel(FileChannel.open(
        file, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT, LinkOption.NOFOLLOW_LINKS));
  }

  @Override
  public int read(byte[] bytes, int offset, int length, long position) throws IOException {
    return channel.read(ByteBuffer.wrap(bytes, offset, length), position);
  }

  @Override
  public void write(byte[] bytes, int length, long position) throws IOException {
    writer.write(bytes, length, position);
  }

  @Override
  public void cut(long position) throws IOException {
    channel.truncate(position);
  }

  @Override
  public boolean lock() throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void date(Instant modified) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(modified));
  }

  @Override
  public void sync() throws IOException {
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      writer.close();
    }
  }

  private record Channel(FileChannel channel) implements EvenWriter.Target {
    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
      return channel.write(bytes, position);
    }

    @Override
    public void sync() throws IOException {
      channel.force(false);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
