package io.coldstream.core.backup;

import io.coldstream.eventstore.files.DatabaseFiles;
import io.coldstream.eventstore.files.FileEntry;
import io.coldstream.eventstore.files.LocalDatabaseFiles;
import io.coldstream.eventstore.files.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The files of this machine, with an account of what was read, and files that can be hidden. */
final class WatchedFiles implements DatabaseFiles {

  final Map<String, Long> readBytes = new ConcurrentHashMap<>();
  final Set<String> hidden = ConcurrentHashMap.newKeySet();
  final AtomicInteger open = new AtomicInteger();
  private final DatabaseFiles files = new LocalDatabaseFiles();
  private final Runnable beforeList;

  WatchedFiles() {
    this(() -> {});
  }

  WatchedFiles(Runnable beforeList) {
    this.beforeList = beforeList;
  }

  @Override
  public List<FileEntry> list(Path folder) throws IOException {
    beforeList.run();
    return files.list(folder);
  }

  @Override
  public OpenFile open(Path file) throws IOException {
    if (hidden.contains(file.getFileName().toString())) {
      throw new NoSuchFileException(file.toString());
    }
    OpenFile opened = files.open(file);
    open.incrementAndGet();
    return new OpenFile() {
      @Override
      public String name() {
        return opened.name();
      }

      @Override
      public long lengthBytes() throws IOException {
        return opened.lengthBytes();
      }

      @Override
      public int read(ByteBuffer into, long positionBytes) throws IOException {
        int count = opened.read(into, positionBytes);
        if (count > 0) {
          readBytes.merge(name(), (long) count, Long::sum);
        }
        return count;
      }

      @Override
      public void close() throws IOException {
        opened.close();
        open.decrementAndGet();
      }
    };
  }
}
