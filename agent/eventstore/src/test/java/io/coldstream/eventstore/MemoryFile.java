package io.coldstream.eventstore;

import io.coldstream.eventstore.files.OpenFile;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;

/** An open file that shows one content after the other: the next one each time its length is asked. */
public final class MemoryFile implements OpenFile {

  private final String name;
  private final Iterator<byte[]> contents;
  private byte[] content = new byte[0];

  /** A file with these contents; the last one stays. */
  public MemoryFile(String name, byte[]... contents) {
    this.name = name;
    this.contents = List.of(contents).iterator();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long lengthBytes() {
    if (contents.hasNext()) {
      content = contents.next();
    }
    return content.length;
  }

  @Override
  public int read(ByteBuffer into, long positionBytes) {
    if (content.length == 0) {
      lengthBytes();
    }
    if (positionBytes >= content.length) {
      return -1;
    }
    int count = Math.min(into.remaining(), content.length - (int) positionBytes);
    into.put(content, (int) positionBytes, count);
    return count;
  }

  @Override
  public void close() {}
}
