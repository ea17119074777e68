package io.coldstream.eventstore.testing.model;

import io.coldstream.eventstore.files.DatabaseFiles;
import io.coldstream.eventstore.files.FileEntry;
import io.coldstream.eventstore.files.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Files between any two uses of which something else happens: before each list, open, length and
 * read, a given action runs; and a read gives a kibibyte at most, so that it also runs within
 * larger ones. As safe for several threads as what it wraps and the action are.
 */
public final class InterleavedFiles implements DatabaseFiles {

  private static final int MAX_BYTES_AT_ONCE = 1024;

  private final DatabaseFiles files;
  private final Runnable before;

  /** Runs {@code before} before each operation on {@code files}. */
  public InterleavedFiles(DatabaseFiles files, Runnable before) {
    this.files = files;
    this.before = before;
  }

  /** Lets a server make as many steps as {@code steps} says before each operation on its files. */
  public static InterleavedFiles of(WriterModel model, IntSupplier steps) {
    return new InterleavedFiles(model, () -> model.run(steps.getAsInt()));
  }

  @Override
  public List<FileEntry> list(Path folder) throws IOException {
    before.run();
    return files.list(folder);
  }

  @Override
  public OpenFile open(Path file) throws IOException {
    before.run();
    return new Interleaved(files.open(file));
  }

  private final class Interleaved implements OpenFile {
    private final OpenFile file;

    private Interleaved(OpenFile file) {
      this.file = file;
    }

    @Override
    public String name() {
      return file.name();
    }

    @Override
    public long lengthBytes() throws IOException {
      before.run();
      return file.lengthBytes();
    }

    @Override
    public int read(ByteBuffer into, long positionBytes) throws IOException {
      before.run();
      int limit = into.limit();
      into.limit(into.position() + Math.min(into.remaining(), MAX_BYTES_AT_ONCE));
      try {
        return file.read(into, positionBytes);
      } finally {
        into.limit(limit);
      }
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
