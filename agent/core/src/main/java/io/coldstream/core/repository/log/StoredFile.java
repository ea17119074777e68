package io.coldstream.core.repository.log;

import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.eventstore.files.OpenFile;
import io.coldstream.store.ByteRange;
import io.coldstream.store.ObjectContent;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A file of a backup, read from the store by position. Reads that follow each other come from one request, which
 * asks for a bounded stretch. The first request asks for what is wanted, each that continues it for
 * twice as much as the one before.
 */
final class StoredFile implements OpenFile {

  private static final long MAX_STRETCH_BYTES = 8 << 20;

  private final FileEntry entry;
  private final ResentReader reader;
  private ObjectContent content;
  private long nextBytes;
  private long stretchBytes;
  private long stretchEndBytes;

  StoredFile(FileEntry entry, ResentReader reader) {
    this.entry = entry;
    this.reader = reader;
  }

  @Override
  public String name() {
    return entry.name();
  }

  @Override
  public long lengthBytes() {
    return entry.lengthBytes();
  }

  @Override
  public synchronized int read(ByteBuffer into, long positionBytes) throws IOException {
    if (positionBytes >= entry.lengthBytes()) {
      return -1;
    }
    if (content == null || positionBytes != nextBytes || nextBytes == stretchEndBytes) {
      open(positionBytes, into.remaining());
    }
    int wanted = (int) Math.min(into.remaining(), stretchEndBytes - positionBytes);
    int count =
        content.stream().readNBytes(into.array(), into.arrayOffset() + into.position(), wanted);
    into.position(into.position() + count);
    nextBytes += count;
    return count;
  }

  private void open(long positionBytes, int wantedBytes) throws IOException {
    close();
    long more = positionBytes == nextBytes ? Math.min(2 * stretchBytes, MAX_STRETCH_BYTES) : 0;
    stretchBytes = Math.max(more, wantedBytes);
    long start = 0;
    for (StoredBytes stored : entry.objects()) {
      long end = start + stored.lengthBytes();
      if (positionBytes < end) {
        long length = Math.min(stretchBytes, end - positionBytes);
        content = reader.open(stored, ByteRange.of(positionBytes - start, length));
        nextBytes = positionBytes;
        stretchEndBytes = positionBytes + length;
        return;
      }
      start = end;
    }
    throw new IllegalStateException(name() + ": no object holds byte " + positionBytes);
  }

  @Override
  public synchronized void close() throws IOException {
    if (content != null) {
      content.close();
      content = null;
    }
  }
}
