package io.coldstream.core.backup.capture;

import io.coldstream.eventstore.files.DatabaseFiles;
import io.coldstream.eventstore.files.FileEntry;
import io.coldstream.eventstore.files.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Files that remember what was opened and listed, in its order, and how many bytes of each were read. */
final class RecordingFiles implements DatabaseFiles {

  /** What was listed or opened, the newest last. */
  final List<String> uses = new ArrayList<>();

  /** Bytes read by file name. */
  final Map<String, Long> bytes = new LinkedHashMap<>();

  /** Happens before each listing and opening, and is told what of. */
  Consumer<String> before = name -> {};

  /** How many files are open. */
  int open;

  private final DatabaseFiles files;

  RecordingFiles(DatabaseFiles files) {
    this.files = files;
  }

  long total() {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }

  void forget() {
    uses.clear();
    bytes.clear();
  }

  @Override
  public List<FileEntry> list(Path folder) throws IOException {
    String name = folder.getFileName() + "/";
    before.accept(name);
    uses.add(name);
    return files.list(folder);
  }

  @Override
  public OpenFile open(Path file) throws IOException {
    String name = file.getFileName().toString();
    before.accept(name);
    uses.add(name);
    OpenFile opened = files.open(file);
    open++;
    return new Counted(opened);
  }

  private final class Counted implements OpenFile {

    private final OpenFile file;
    private boolean closed;

    Counted(OpenFile file) {
      this.file = file;
    }

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
      int count = file.read(into, positionBytes);
      bytes.merge(name(), (long) Math.max(0, count), Long::sum);
      return count;
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        open--;
      }
      file.close();
    }
  }
}
