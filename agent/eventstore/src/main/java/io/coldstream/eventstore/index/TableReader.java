package io.coldstream.eventstore.index;

import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.Invariant;
import io.coldstream.eventstore.Md5;
import io.coldstream.eventstore.files.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what identifies a table of the index: its ends, not its entries ({@code
 * database-files.md#s7-2}, versions 2 to 4; 5.0 to 26.1). A listed table never changes, so one read
 * is enough.
 */
public final class TableReader {

  static final int HEADER_BYTES = 128;
  static final long MIN_LENGTH_BYTES = HEADER_BYTES + Md5.LENGTH_BYTES;

  /** The type byte of a table (2 is a chunk). */
  private static final byte TABLE_TYPE = 1;

  private static final int OLDEST_VERSION = 2;
  private static final int NEWEST_VERSION = 4;

  /** From this version on, entries are followed by midpoints of the same length and a footer. */
  private static final int VERSION_WITH_FOOTER = 4;

  private static final int FOOTER_BYTES = 128;
  static final int ENTRY_BYTES = 24;

  /** Its event numbers have 32 bits. */
  private static final int ENTRY_BYTES_OF_VERSION_2 = 20;

  private static final int MIDPOINTS_AT = 2;

  private TableReader() {}

  /**
   * Reads a table's facts.
   *
   * @param file the open file
   * @param name the name that the index map has for it
   * @return its facts
   * @throws DatabaseException when it cannot be a whole table
   * @throws IOException when it cannot be read
   */
  public static IndexTable facts(OpenFile file, TableName name) throws IOException {
    checkedVersion(file, name);
    long lengthBytes = file.lengthBytes();
    byte[] md5 = file.readFully(lengthBytes - Md5.LENGTH_BYTES, Md5.LENGTH_BYTES);
    return new IndexTable(name, lengthBytes, Md5.ofBytes(md5));
  }

  /**
   * Reads some of the log positions that a table holds.
   *
   * @param file a table whose facts have been read
   * @param count how many at most, from places that are spread over it
   * @return the positions; none when the table has no entry
   * @throws IOException when it cannot be read
   */
  public static List<Long> samplePositions(OpenFile file, int count) throws IOException {
    int version = file.readFully(0, 2)[1] & 0xff;
    int entryBytes = entryBytes(version);
    long entries = entries(file, version);
    List<Long> positions = new ArrayList<>();
    long samples = Math.min(count, entries);
    for (long i = 0; i < samples; i++) {
      long end = HEADER_BYTES + (entries * i / samples + 1) * entryBytes;
      positions.add(ByteBuffer.wrap(file.readFully(end - Long.BYTES, Long.BYTES))
          .order(ByteOrder.LITTLE_ENDIAN)
          .getLong());
    }
    return positions;
  }

  /**
   * How a table is laid out.
   *
   * @param entryBytes how long an entry is
   * @param entries how many there are
   */
  record Shape(int entryBytes, long entries) {}

  static Shape shape(OpenFile file, TableName name) throws IOException {
    int version = checkedVersion(file, name);
    return new Shape(entryBytes(version), entries(file, version));
  }

  /** Checks the ends of a table. */
  private static int checkedVersion(OpenFile file, TableName name) throws IOException {
    long lengthBytes = file.lengthBytes();
    if (lengthBytes < MIN_LENGTH_BYTES) {
      throw damaged(
          name, "is " + lengthBytes + " bytes long, but a table has at least " + MIN_LENGTH_BYTES);
    }
    byte[] header = file.readFully(0, HEADER_BYTES);
    if (header[0] != TABLE_TYPE) {
      throw damaged(
          name, "starts with file type " + (header[0] & 0xff) + ", but a table starts with 1");
    }
    int version = header[1] & 0xff;
    if (version < OLDEST_VERSION || version > NEWEST_VERSION) {
      throw DatabaseException.unsupported(
          name.guid(),
          Invariant.I7,
          "has version " + version + ", but only 2 to 4 are known",
          "back up without the index; a restored server rebuilds it");
    }
    if (version >= VERSION_WITH_FOOTER) {
      checkFooter(file, name, lengthBytes, version);
    }
    return version;
  }

  private static int entryBytes(int version) {
    return version == OLDEST_VERSION ? ENTRY_BYTES_OF_VERSION_2 : ENTRY_BYTES;
  }

  private static long entries(OpenFile file, int version) throws IOException {
    long linesBytes = file.lengthBytes() - MIN_LENGTH_BYTES;
    return version >= VERSION_WITH_FOOTER
        ? (linesBytes - FOOTER_BYTES) / ENTRY_BYTES - midpoints(footer(file))
        : linesBytes / entryBytes(version);
  }

  private static byte[] footer(OpenFile file) throws IOException {
    return file.readFully(file.lengthBytes() - Md5.LENGTH_BYTES - FOOTER_BYTES, FOOTER_BYTES);
  }

  private static long midpoints(byte[] footer) {
    return ByteBuffer.wrap(footer).order(ByteOrder.LITTLE_ENDIAN).getInt(MIDPOINTS_AT)
        & 0xffffffffL;
  }

  private static void checkFooter(OpenFile file, TableName name, long lengthBytes, int version)
      throws IOException {
    long lines = lengthBytes - MIN_LENGTH_BYTES - FOOTER_BYTES;
    if (lines < 0 || lines % ENTRY_BYTES != 0) {
      throw damaged(
          name, "is " + lengthBytes + " bytes long, which is not a whole number of entries");
    }
    byte[] footer = footer(file);
    long midpoints = midpoints(footer);
    if (footer[0] != TABLE_TYPE || footer[1] != version || midpoints > lines / ENTRY_BYTES) {
      throw damaged(
          name,
          "ends with file type " + (footer[0] & 0xff) + ", version " + (footer[1] & 0xff) + ", "
              + midpoints + " midpoints in " + lines / ENTRY_BYTES + " entries");
    }
  }

  private static DatabaseException damaged(TableName name, String found) {
    return new DatabaseException(
        DatabaseException.Kind.DAMAGED,
        name.guid(),
        Optional.of(Invariant.I7),
        found,
        "back up without the index; a restored server rebuilds it");
  }
}
