package io.coldstream.core.backup.capture;

import io.coldstream.eventstore.files.DatabaseFiles;
import io.coldstream.eventstore.files.FileEntry;
import io.coldstream.eventstore.files.OpenFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The files that are kept open, within limits for descriptors and disk space. */
final class PinnedFiles implements Closeable {

  private final DatabaseFiles files;
  private final FreeSpace space;
  private final int most;
  private final long minFreeBytes;
  private final Map<Path, OpenFile> open = new LinkedHashMap<>();

  PinnedFiles(DatabaseFiles files, FreeSpace space, int most, long minFreeBytes) {
    this.files = files;
    this.space = space;
    this.most = most;
    this.minFreeBytes = minFreeBytes;
  }

  synchronized boolean isFull() {
    return open.size() >= most;
  }

  synchronized int count() {
    return open.size();
  }

  /** Keeps a file open; false when the budget is spent. */
  synchronized boolean keep(Path path, OpenFile file) {
    release(path);
    if (isFull()) {
      return false;
    }
    open.put(path, file);
    return true;
  }

  /** The kept file under a handle of its own: closing the handle keeps the file. */
  synchronized Optional<OpenFile> find(Path path) {
    return Optional.ofNullable(open.get(path)).map(Borrowed::new);
  }

  synchronized void release(Path path) {
    OpenFile file = open.remove(path);
    if (file != null) {
      closeQuietly(file);
    }
  }

  @Override
  public synchronized void close() {
    open.values().forEach(PinnedFiles::closeQuietly);
    open.clear();
  }

  /** The folders are listed only when the disk is short of space, which one call tells. */
  void requireRoom() throws IOException {
    long freeBytes = space.bytes();
    if (freeBytes >= minFreeBytes) {
      return;
    }
    long heldBytes = unlinkedBytes();
    if (heldBytes > 0) {
      throw new SourceMoved(
          "the database's disk has " + freeBytes + " bytes free, less than the " + minFreeBytes
              + " of --min-free, and " + heldBytes + " bytes of files that the database has"
              + " deleted are kept open");
    }
  }

  private synchronized long unlinkedBytes() throws IOException {
    Map<Path, Set<String>> there = new LinkedHashMap<>();
    long bytes = 0;
    for (Map.Entry<Path, OpenFile> pin : open.entrySet()) {
      Path folder = pin.getKey().getParent();
      if (!there.containsKey(folder)) {
        there.put(folder, names(folder));
      }
      if (!there.get(folder).contains(pin.getKey().getFileName().toString())) {
        bytes += pin.getValue().lengthBytes();
      }
    }
    return bytes;
  }

  private Set<String> names(Path folder) throws IOException {
    try {
      return files.list(folder).stream().map(FileEntry::name).collect(Collectors.toSet());
    } catch (NoSuchFileException e) {
      return Set.of();
    }
  }

  private static void closeQuietly(OpenFile file) {
    try {
      file.close();
    } catch (IOException e) {
      // The file was only read: nothing is lost, and the others must still be closed.
    }
  }

  private record Borrowed(OpenFile file) implements OpenFile {

    @Override
    public String name() {
      return file.name();
    }

    @Override
    public long lengthBytes() throws IOException {
      return file.lengthBytes();
    }

    @Override
    public int read(ByteBuffer into, long positionBytes) throws IOException {
      return file.read(into, positionBytes);
    }

    @Override
    public void close() {
      // The pin stays.
    }
  }
}
