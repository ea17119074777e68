package io.coldstream.eventstore.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The folders of this machine. Files are opened for reading only and read by position; links are
 * followed, as the server follows them. A thread that is interrupted while it reads closes the file
 * that it reads.
 */
public final class LocalDatabaseFiles implements DatabaseFiles {

  public LocalDatabaseFiles() {}

  @Override
  public List<FileEntry> list(Path folder) throws IOException {
    if (!Files.readAttributes(folder, BasicFileAttributes.class).isDirectory()) {
      throw new NotDirectoryException(folder.toString());
    }
    List<FileEntry> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      for (Path path : stream) {
        entry(path).ifPresent(entries::add);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    entries.sort(Comparator.comparing(FileEntry::name));
    return List.copyOf(entries);
  }

  @Override
  public OpenFile open(Path file) throws IOException {
    // Asked first: opening a folder succeeds on Linux, and opening a pipe waits for a writer.
    if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
      throw new FileSystemException(file.toString(), null, "is not a regular file");
    }
    return new LocalFile(
        file.getFileName().toString(), FileChannel.open(file, StandardOpenOption.READ));
  }

  private static Optional<FileEntry> entry(Path path) throws IOException {
    String name = path.getFileName().toString();
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        return Optional.of(new FileEntry(name, FileEntry.Kind.FOLDER, 0));
      }
      return Optional.of(
          attributes.isRegularFile()
              ? new FileEntry(name, FileEntry.Kind.FILE, attributes.size())
              : new FileEntry(name, FileEntry.Kind.OTHER, 0));
    } catch (NoSuchFileException e) {
      // Gone since it was listed, unless the entry itself stands and only what it links to is gone.
      return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
          ? Optional.of(new FileEntry(name, FileEntry.Kind.OTHER, 0))
          : Optional.empty();
    } catch (FileSystemException e) {
      if (Files.isSymbolicLink(path)) {
        // A link into a loop, or through a file.
        return Optional.of(new FileEntry(name, FileEntry.Kind.OTHER, 0));
      }
      throw e;
    }
  }

  private record LocalFile(String name, FileChannel channel) implements OpenFile {

    @Override
    public long lengthBytes() throws IOException {
      return channel.size();
    }

    @Override
    public int read(ByteBuffer into, long positionBytes) throws IOException {
      return channel.read(into, positionBytes);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
