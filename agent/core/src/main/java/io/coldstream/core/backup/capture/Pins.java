package io.coldstream.core.backup.capture;

import io.coldstream.eventstore.chunk.ChunkFacts;
import io.coldstream.eventstore.chunk.ChunkHeader;
import io.coldstream.eventstore.chunk.ChunkReader;
import io.coldstream.eventstore.files.DatabaseFiles;
import io.coldstream.eventstore.files.DatabaseFolders;
import io.coldstream.eventstore.files.OpenFile;
import io.coldstream.eventstore.index.TableFacts;
import io.coldstream.eventstore.index.TableReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the files of a capture are opened. Those that the newest manifest does not know are kept open
 * from the capture on, as far as the budget goes: an open descriptor keeps the bytes of a file that
 * the database unlinks ({@code database-files.md#s14-5}). The others are opened when their turn
 * comes, and are handed out only if they still show what was captured of them.
 *
 * <p>Every {@code open} also looks at the disk: when it has less room than it must keep, and files
 * are pinned that the database has deleted, the capture is to be given up. Safe for use by several
 * threads.
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
   * Opens a completed chunk.
   *
   * @param chunk as captured
   * @return the open file, to be closed by the caller; valid until the capture is closed
   * @throws SourceMoved when it is gone, is another one now, or the disk is too full
   * @throws IOException when it cannot be read
   */
  public OpenFile open(ChunkFacts chunk) throws IOException {
    return open(path(chunk), file -> requireSame(file, chunk));
  }

  /**
   * Opens the active chunk.
   *
   * @param chunk as captured
   * @return the open file, to be closed by the caller; valid until the capture is closed. It may be
   *     longer than what is captured of it
   * @throws SourceMoved when it is gone, is another one now, or the disk is too full
   * @throws IOException when it cannot be read
   */
  public OpenFile open(ActiveChunk chunk) throws IOException {
    return open(path(chunk.facts()), chunk::requireUnchanged);
  }

  /**
   * Opens a table of the index.
   *
   * @param table as captured
   * @return the open file, to be closed by the caller; valid until the capture is closed
   * @throws SourceMoved when it is gone, is another one now, or the disk is too full
   * @throws IOException when it cannot be read
   */
  public OpenFile open(TableFacts table) throws IOException {
    return open(path(table), file -> {
      TableFacts now = TableReader.facts(file, table.name());
      require(now.equals(table), file, table, now);
    });
  }

  /**
   * Opens the bloom filter of a table.
   *
   * @param filter as captured
   * @return the open file, to be closed by the caller; valid until the capture is closed
   * @throws SourceMoved when it is gone, is another one now, or the disk is too full
   * @throws IOException when it cannot be read
   */
  public OpenFile open(BloomFile filter) throws IOException {
    return open(path(filter), file -> {
      long now = file.lengthBytes();
      require(now == filter.lengthBytes(), file, filter.lengthBytes(), now);
    });
  }

  /**
   * Lets go of a file that is stored by now, so that the database gets its room on the disk back.
   *
   * @param chunk as captured
   */
  public void release(ChunkFacts chunk) {
    pinned.release(path(chunk));
  }

  /**
   * Lets go of a file that is stored by now, so that the database gets its room on the disk back.
   *
   * @param table as captured
   */
  public void release(TableFacts table) {
    pinned.release(path(table));
  }

  /**
   * Lets go of a file that is stored by now, so that the database gets its room on the disk back.
   *
   * @param filter as captured
   */
  public void release(BloomFile filter) {
    pinned.release(path(filter));
  }

  /** {@return how many files are kept open} */
  public int count() {
    return pinned.count();
  }

  /** Lets go of every file. What is opened after this is opened anew. */
  @Override
  public void close() {
    pinned.close();
  }

  /** What an opened file must still show. */
  @FunctionalInterface
  interface Check {
    void of(OpenFile file) throws IOException;
  }

  /** Keeps an open file, if there is room in the budget. */
  boolean keep(Path path, OpenFile file) {
    return pinned.keep(path, file);
  }

  /** Opens a completed chunk and keeps it, if there is room in the budget. */
  void pin(ChunkFacts chunk) throws IOException {
    if (!pinned.isFull()) {
      keepOrClose(path(chunk), opened(path(chunk), file -> requireSame(file, chunk)));
    }
  }

  /** Opens the chunk that is being appended to and keeps it, if there is room in the budget. */
  void pinActive(ChunkFacts chunk) throws IOException {
    if (!pinned.isFull()) {
      keepOrClose(path(chunk), opened(path(chunk), file -> requireSameHeader(file, chunk)));
    }
  }

  /** Opens a chunk whose log is about to be proved. */
  OpenFile openForProof(ChunkFacts chunk) throws IOException {
    Path path = path(chunk);
    Optional<OpenFile> kept = pinned.find(path);
    return kept.isPresent() ? kept.get() : opened(path, file -> requireSameHeader(file, chunk));
  }

  private void keepOrClose(Path path, OpenFile file) throws IOException {
    if (!pinned.keep(path, file)) {
      file.close();
    }
  }

  static void requireSame(OpenFile file, ChunkFacts chunk) throws IOException {
    ChunkFacts now = ChunkReader.facts(file, chunk.name());
    require(now.equals(chunk), file, chunk, now);
  }

  private static void requireSameHeader(OpenFile file, ChunkFacts chunk) throws IOException {
    ChunkHeader now = ChunkReader.header(file, chunk.name());
    require(now.equals(chunk.header()), file, chunk.header(), now);
  }

  Path path(ChunkFacts chunk) {
    return folders.database().resolve(chunk.name().toString());
  }

  Path path(TableFacts table) {
    return folders.index().resolve(table.name().guid());
  }

  Path path(BloomFile filter) {
    return folders.index().resolve(filter.name());
  }

  private OpenFile open(Path path, Check check) throws IOException {
    pinned.requireRoom();
    Optional<OpenFile> kept = pinned.find(path);
    return kept.isPresent() ? kept.get() : opened(path, check);
  }

  private OpenFile opened(Path path, Check check) throws IOException {
    OpenFile file;
    try {
      file = files.open(path);
    } catch (NoSuchFileException e) {
      throw new SourceMoved(path.getFileName() + ": gone since it was captured", e);
    }
    try {
      check.of(file);
      return file;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  static void require(boolean same, OpenFile file, Object captured, Object now) throws SourceMoved {
    if (!same) {
      throw new SourceMoved(
          file.name() + ": another file than was captured: " + now + " instead of " + captured);
    }
  }
}
