package io.coldstream.store.local;

import io.coldstream.store.disk.DiskLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The real file system. */
class DiskFileOps implements FileOps {

  /** As many as files were written at once. */
  private final Queue<ByteBuffer> buffers = new ConcurrentLinkedQueue<>();

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
            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
        buffers);
  }

  @Override
  public Output reopen(Path file) throws IOException {
    return new DiskOutput(
        file,
        FileChannel.open(
            file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
        buffers);
  }

  @Override
  public void makeFolder(Path folder) throws IOException {
    Files.createDirectory(folder);
  }

  @Override
  public void syncFolder(Path folder) throws IOException {
    DiskLimits.force(folder);
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
}
