package io.coldstream.eventstore.chunk;

import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.Invariant;
import io.coldstream.eventstore.files.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;

/**
 * The position map of a scavenged chunk ({@code database-files.md#s4-4}, 5.0 to 26.1): one entry
 * for each record that was kept, sorted by where it was in the log. Looked up entry by entry, never
 * loaded. Not for transformed chunks, whose map is transformed too.
 */
public final class PositionMap {

  private final OpenFile file;
  private final Chunk facts;
  private final ChunkFooter footer;

  /**
   * The map of a chunk.
   *
   * @param file the open file
   * @param facts its facts: completed, scavenged, not transformed
   * @throws IllegalArgumentException when it has no map that could be read
   */
  public PositionMap(OpenFile file, Chunk facts) {
    if (!facts.header().scavenged() || !facts.header().isIdentity() || !facts.isCompleted()) {
      throw new IllegalArgumentException(facts.name() + " has no position map to read");
    }
    this.file = file;
    this.facts = facts;
    this.footer = facts.footer().orElseThrow();
  }

  /** {@return how many records were kept} */
  public long entries() {
    return footer.positionMapBytes() / footer.positionMapEntryBytes();
  }

  /**
   * Where a record lies now.
   *
   * @param position where it starts in the log
   * @return its offset in the file; empty when no record that starts there was kept
   * @throws DatabaseException when the map leads out of the data
   * @throws IOException when it cannot be read
   */
  public OptionalLong fileOffset(long position) throws IOException {
    long index = indexAtOrAbove(position);
    if (index == entries()) {
      return OptionalLong.empty();
    }
    Entry entry = entry(index);
    return entry.logical() == position - facts.startPosition()
        ? OptionalLong.of(ChunkHeader.LENGTH_BYTES + entry.actual())
        : OptionalLong.empty();
  }

  /**
   * Where the first record that was kept lies, of those from a position on.
   *
   * @param position a position in the log
   * @return its offset in the file; empty when none was kept
   * @throws DatabaseException when the map leads out of the data
   * @throws IOException when it cannot be read
   */
  public OptionalLong fileOffsetAtOrAbove(long position) throws IOException {
    long index = indexAtOrAbove(position);
    return index == entries()
        ? OptionalLong.empty()
        : OptionalLong.of(ChunkHeader.LENGTH_BYTES + entry(index).actual());
  }

  private long indexAtOrAbove(long position) throws IOException {
    long wanted = position - facts.startPosition();
    long low = 0;
    long high = entries();
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (entry(middle).logical() < wanted) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private Entry entry(long index) throws IOException {
    int entryBytes = footer.positionMapEntryBytes();
    long at = ChunkHeader.LENGTH_BYTES + footer.physicalDataBytes() + index * entryBytes;
    ByteBuffer bytes =
        ByteBuffer.wrap(file.readFully(at, entryBytes)).order(ByteOrder.LITTLE_ENDIAN);
    long actual = bytes.getInt();
    long logical = entryBytes == ChunkFooter.MAP_ENTRY_BYTES ? bytes.getLong() : bytes.getInt();
    if (actual < 0 || actual >= footer.physicalDataBytes()) {
      throw DatabaseException.damaged(
          facts.name().toString(),
          Invariant.I2,
          "entry " + index + " of its position map leads to " + actual + " of "
              + footer.physicalDataBytes() + " bytes");
    }
    return new Entry(actual, logical);
  }

  private record Entry(long actual, long logical) {}
}
