package io.coldstream.core.repository.log;

import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.eventstore.files.OpenFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The files of a backup, read from the store in blocks, of which a bounded number is kept: for
 * look-ups, which come back to the same places of an index and read records that lie close to each
 * other. Long reads are passed on. At most one file has an open request. Not thread-safe.
 */
public final class CachedFiles implements StoredFiles, Closeable {

  static final int BLOCK_BYTES = 32 * 1024;

  private static final int MAX_BLOCKS = 256;
  private static final int LONG_READ_BYTES = 2 * BLOCK_BYTES;

  private final ResentReader reader;
  private final Map<String, StoredFile> files = new HashMap<>();
  private final Map<Block, byte[]> blocks = new LinkedHashMap<>(MAX_BLOCKS, 0.75f, true);
  private Optional<StoredFile> requesting = Optional.empty();

  /**
   * The files of one backup.
   *
   * @param reader reads its objects
   */
  public CachedFiles(ResentReader reader) {
    this.reader = reader;
  }

  @Override
  public OpenFile open(FileEntry entry) {
    StoredFile stored = files.computeIfAbsent(entry.name(), name -> new StoredFile(entry, reader));
    return new CachedFile(stored);
  }

  @Override
  public void close() throws IOException {
    if (requesting.isPresent()) {
      requesting.get().close();
    }
  }

  private byte[] block(StoredFile file, long index) throws IOException {
    Block key = new Block(file.name(), index);
    byte[] kept = blocks.get(key);
    if (kept == null) {
      long from = index * BLOCK_BYTES;
      int length = (int) Math.min(BLOCK_BYTES, file.lengthBytes() - from);
      kept = requesting(file).readFully(from, length);
      if (blocks.size() == MAX_BLOCKS) {
        blocks.remove(blocks.keySet().iterator().next());
      }
      blocks.put(key, kept);
    }
    return kept;
  }

  private StoredFile requesting(StoredFile file) throws IOException {
    if (requesting.isPresent() && requesting.get() != file) {
      requesting.get().close();
    }
    requesting = Optional.of(file);
    return file;
  }

  private record Block(String file, long index) {}

  private final class CachedFile implements OpenFile {
    private final StoredFile file;

    private CachedFile(StoredFile file) {
      this.file = file;
    }

    @Override
    public String name() {
      return file.name();
    }

    @Override
    public long lengthBytes() {
      return file.lengthBytes();
    }

    @Override
    public int read(ByteBuffer into, long positionBytes) throws IOException {
      if (positionBytes >= file.lengthBytes()) {
        return -1;
      }
      if (into.remaining() >= LONG_READ_BYTES) {
        return requesting(file).read(into, positionBytes);
      }
      byte[] block = block(file, positionBytes / BLOCK_BYTES);
      int at = (int) (positionBytes % BLOCK_BYTES);
      int count = Math.min(into.remaining(), block.length - at);
      into.put(block, at, count);
      return count;
    }

    @Override
    public void close() {
      // What was read is kept for the next time that the file is opened.
    }
  }
}
