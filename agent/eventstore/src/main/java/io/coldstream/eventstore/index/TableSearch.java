package io.coldstream.eventstore.index;

import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.Invariant;
import io.coldstream.eventstore.files.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the entries of a stream in a table ({@code database-files.md#s7-2}). Entries are sorted by
 * hash and number, the highest first. Hashes are spread evenly, so a place is estimated first; when
 * estimates do not lead there, it is found by halving. Reads entries one by one: the file that it is
 * given keeps the blocks that are read again. The digest of the table is not compared: entries that
 * are met out of order are what shows that it is damaged.
 */
public final class TableSearch {

  /** Estimates are good, except around streams that fill a large part of a table. */
  private static final int ESTIMATES = 6;

  private final OpenFile file;
  private final TableName name;
  private final int entryBytes;
  private final long entries;

  /**
   * A search of a table.
   *
   * @param file the open table; closing it is left to the caller
   * @param name its name, for messages
   * @throws io.coldstream.eventstore.DatabaseException when it is no table that can be read
   * @throws IOException when it cannot be read
   */
  public TableSearch(OpenFile file, TableName name) throws IOException {
    this.file = file;
    this.name = name;
    TableReader.Shape shape = TableReader.shape(file, name);
    this.entryBytes = shape.entryBytes();
    this.entries = shape.entries();
  }

  /**
   * The entries with a hash, from a number on.
   *
   * @param hash a stream's {@link StreamHash}
   * @param number the lowest number of interest
   * @param limit how many are enough, 1 or more; more are returned only when the last number occurs
   *     again, as it may for two streams of the same hash
   * @return the entries, the lowest number first
   * @throws IOException when they cannot be read
   */
  public List<TableEntry> from(long hash, long number, int limit) throws IOException {
    List<TableEntry> found = new ArrayList<>();
    for (long at = firstBelow(hash, number) - 1; at >= 0; at--) {
      requireSorted(at);
      Key key = key(at);
      if (key.hash != hash) {
        requireSorted(at - 1);
        break;
      }
      if (isEnough(found, key.number, limit)) {
        break;
      }
      found.add(new TableEntry(key.number, key.position));
    }
    return found;
  }

  /**
   * The entries with a hash, from a number downwards.
   *
   * @param hash a stream's {@link StreamHash}
   * @param number the highest number of interest
   * @param limit as in {@link #from}
   * @return the entries, the highest number first
   * @throws IOException when they cannot be read
   */
  public List<TableEntry> downFrom(long hash, long number, int limit) throws IOException {
    List<TableEntry> found = new ArrayList<>();
    long first =
        number == Long.MAX_VALUE ? firstBelowHashAbove(hash) : firstBelow(hash, number + 1);
    for (long at = first; at < entries; at++) {
      requireSorted(at - 1);
      Key key = key(at);
      if (key.hash != hash) {
        requireSorted(at);
        break;
      }
      if (isEnough(found, key.number, limit)) {
        break;
      }
      found.add(new TableEntry(key.number, key.position));
    }
    return found;
  }

  private static boolean isEnough(List<TableEntry> found, long next, int limit) {
    return found.size() >= limit && found.get(found.size() - 1).number() != next;
  }

  private long firstBelowHashAbove(long hash) throws IOException {
    return hash == -1 ? 0 : firstBelow(hash + 1, Long.MIN_VALUE);
  }

  /** The index of the first entry that is below a key; the number of entries where none is. */
  private long firstBelow(long hash, long number) throws IOException {
    long low = -1;
    long high = entries;
    Key above = new Key(-1, Long.MAX_VALUE, 0);
    Key below = new Key(0, Long.MIN_VALUE, 0);
    for (int step = 0; high - low > 1; step++) {
      long probe =
          step < ESTIMATES ? estimate(low, high, above, below, hash, number) : middle(low, high);
      Key key = key(probe);
      if (key.isBelow(hash, number)) {
        high = probe;
        below = key;
      } else {
        low = probe;
        above = key;
      }
    }
    requireSorted(low - 1);
    requireSorted(high);
    return high;
  }

  /** An altered entry that misled a search, or ended one, is out of order with the next. */
  private void requireSorted(long index) throws IOException {
    if (index >= 0 && index + 1 < entries) {
      Key next = key(index + 1);
      if (key(index).isBelow(next.hash, next.number)) {
        throw DatabaseException.damaged(
            name.guid(),
            Invariant.I7,
            "entry " + index + " of the table is below entry " + (index + 1));
      }
    }
  }

  private static long middle(long low, long high) {
    return (low + high) >>> 1;
  }

  /** Where an entry should lie between two others, strictly. */
  private static long estimate(long low, long high, Key above, Key below, long hash, long number) {
    double share;
    if (above.hash == below.hash) {
      share = ((double) above.number - number) / ((double) above.number - below.number);
    } else if (above.hash == hash || below.hash == hash) {
      return middle(low, high);
    } else {
      share = unsigned(above.hash - hash) / unsigned(above.hash - below.hash);
    }
    long probe = low + (long) (share * (high - low));
    return Math.max(low + 1, Math.min(high - 1, probe));
  }

  private static double unsigned(long value) {
    return (value >>> 1) * 2.0 + (value & 1);
  }

  private Key key(long index) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(
            file.readFully(TableReader.HEADER_BYTES + index * entryBytes, entryBytes))
        .order(ByteOrder.LITTLE_ENDIAN);
    long number = entryBytes == TableReader.ENTRY_BYTES ? bytes.getLong() : old(bytes.getInt());
    return new Key(bytes.getLong(), number, bytes.getLong());
  }

  /** A number of four bytes; the highest one marks a deleted stream. */
  private static long old(int number) {
    return number == Integer.MAX_VALUE ? Long.MAX_VALUE : number;
  }

  private record Key(long hash, long number, long position) {
    private boolean isBelow(long otherHash, long otherNumber) {
      int byHash = Long.compareUnsigned(hash, otherHash);
      return byHash < 0 || byHash == 0 && number < otherNumber;
    }
  }
}
