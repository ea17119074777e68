package io.coldstream.core.backup.capture;

import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.chunk.ChunkHeader;
import io.coldstream.eventstore.chunk.ChunkReader;
import io.coldstream.eventstore.files.DatabaseFile;
import io.coldstream.eventstore.files.DatabaseFiles;
import io.coldstream.eventstore.files.DatabaseFolders;
import io.coldstream.eventstore.files.OpenFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Opens the files of a capture. Those that the newest manifest does not have are kept open from the
 * capture on, within a budget: an open descriptor keeps the bytes of a file that the database
 * unlinks ({@code database-files.md#s14-5}). The others are opened when they are needed, and
 * returned only if they are still what was captured.
 *
 * <p>Every {@code open} also checks the disk: when it has too little free space, and pinned files
 * exist that the database has deleted, the capture must be given up. Thread-safe.
 */
public final class Pins implements Closeable {

  private final DatabaseFiles files;
  private final DatabaseFolders folders;
  private final PinnedFiles pinned;

  Pins(DatabaseFiles files, DatabaseFolders folders, PinnedFiles pinned) {
    this.files = files;
    this.folders = folders;
    this.pinned = pinned;
  }

  /**
   * Opens a file.
   *
   * @param file as captured
   * @return the open file, to be closed by the caller; valid until the capture is closed. The active
   *     chunk may be longer than what is captured of it
   * @throws SourceMoved when it is gone, is another one now, or the disk is too full
   * @throws IOException when it cannot be read
   */
  public OpenFile open(DatabaseFile file) throws IOException {
    pinned.requireRoom();
    Path path = folders.path(file);
    Optional<OpenFile> kept = pinned.find(path);
    return kept.isPresent() ? kept.get() : opened(path, now -> requireSame(now, file));
  }

  /**
   * Closes a pinned file that is stored by now, so that its space on the disk can be freed.
   *
   * @param file as captured
   */
  public void release(DatabaseFile file) {
    pinned.release(folders.path(file));
  }

  /** {@return how many files are kept open} */
  public int count() {
    return pinned.count();
  }

  /** Closes every pinned file. A file that is used after this is opened again. */
  @Override
  public void close() {
    pinned.close();
  }

  /** What an opened file must still show. */
  @FunctionalInterface
  private interface Check {
    void of(OpenFile file) throws IOException;
  }

  /** Keeps an open file, if there is room in the budget. */
  boolean keep(DatabaseFile file, OpenFile open) {
    return pinned.keep(folders.path(file), open);
  }

  /** Opens a chunk and keeps it, if there is room in the budget. */
  void pin(Chunk chunk) throws IOException {
    if (!pinned.isFull()) {
      OpenFile file = opened(folders.path(chunk), now -> requireSame(now, chunk));
      if (!keep(chunk, file)) {
        file.close();
      }
    }
  }

  /** Opens a chunk whose records are validated. */
  OpenFile openForProof(Chunk chunk) throws IOException {
    Path path = folders.path(chunk);
    Optional<OpenFile> kept = pinned.find(path);
    return kept.isPresent() ? kept.get() : opened(path, file -> requireSameHeader(file, chunk));
  }

  /** Refuses a file that is no longer what was captured. */
  static void requireSame(OpenFile open, DatabaseFile file) throws IOException {
    Optional<String> difference = file.difference(open);
    if (difference.isPresent()) {
      throw new SourceMoved(
          open.name() + ": is not the file that was captured: " + difference.get());
    }
  }

  private static void requireSameHeader(OpenFile file, Chunk chunk) throws IOException {
    ChunkHeader now = ChunkReader.header(file, chunk.name());
    if (!now.equals(chunk.header())) {
      throw new SourceMoved(file.name() + ": is not the file that was captured: " + now
          + " instead of " + chunk.header());
    }
  }

  private OpenFile opened(Path path, Check check) throws IOException {
    OpenFile file;
    try {
      file = files.open(path);
    } catch (NoSuchFileException e) {
      throw new SourceMoved(path.getFileName() + ": was deleted after the capture", e);
    }
    try {
      check.of(file);
      return file;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }
}
