package io.coldstream.store.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;

/** The real file system. */
class DiskFileOps implements FileOps {

  @Override
  public Optional<BasicFileAttributes> look(Path path) throws IOException {
    try {
      return Optional.of(
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean leadsToFolder(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).isDirectory();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public Input read(Path file) throws IOException {
    return new DiskInput(
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
  }

  @Override
  public Output create(Path file) throws IOException {
    return new DiskOutput(
        file,
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE));
  }

  @Override
  public Output reopen(Path file) throws IOException {
    return new DiskOutput(
        file,
        FileChannel.open(
            file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
  }

  @Override
  public void makeFolder(Path folder) throws IOException {
    Files.createDirectory(folder);
  }

  @Override
  public void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void link(Path name, Path file) throws IOException {
    Files.createLink(name, file);
  }

  @Override
  public void remove(Path path) throws IOException {
    Files.delete(path);
  }

  @Override
  public DirectoryStream<Path> names(Path folder) throws IOException {
    return Files.newDirectoryStream(folder);
  }

  private record DiskInput(FileChannel channel) implements Input {
    @Override
    public int read(byte[] bytes, int offset, int length, long position) throws IOException {
      return channel.read(ByteBuffer.wrap(bytes, offset, length), position);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  private record DiskOutput(Path file, FileChannel channel) implements Output {
    @Override
    public int read(byte[] bytes, int offset, int length, long position) throws IOException {
      return channel.read(ByteBuffer.wrap(bytes, offset, length), position);
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
    public void write(byte[] bytes, int length, long position) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
      while (buffer.hasRemaining()) {
        channel.write(buffer, position + buffer.position());
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
      channel.close();
    }
  }
}
