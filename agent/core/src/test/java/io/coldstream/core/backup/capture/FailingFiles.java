package io.coldstream.core.backup.capture;

import io.coldstream.eventstore.files.DatabaseFiles;
import io.coldstream.eventstore.files.FileEntry;
import io.coldstream.eventstore.files.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;

/** Files one of which may not be opened, or cannot be read; the name "" stands for folders. */
record FailingFiles(DatabaseFiles files, String name, boolean denied) implements DatabaseFiles {

  static FailingFiles denying(DatabaseFiles files, String name) {
    return new FailingFiles(files, name, true);
  }

  static FailingFiles breaking(DatabaseFiles files, String name) {
    return new FailingFiles(files, name, false);
  }

  @Override
  public List<FileEntry> list(Path folder) throws IOException {
    if (name.isEmpty()) {
      throw new AccessDeniedException(folder.toString());
    }
    return files.list(folder);
  }

  @Override
  public OpenFile open(Path file) throws IOException {
    if (!file.getFileName().toString().equals(name)) {
      return files.open(file);
    }
    if (denied) {
      throw new AccessDeniedException(file.toString());
    }
    return new Broken(files.open(file));
  }

  private record Broken(OpenFile file) implements OpenFile {

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
      throw new IOException("Input/output error");
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
