package io.coldstream.core.drill.events;

import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.DotNetGuid;
import io.coldstream.eventstore.Invariant;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Reads the payload of an event's record ({@code database-files.md#s5}, 5.0 to 26.1). */
final class EventPayload {

  private static final int FLAGS_AT = 10;
  private static final int VERSION_AT = 24;
  private static final int GUID_BYTES = 16;
  private static final int IS_JSON = 0x100;

  private final String file;
  private final long position;
  private final ByteBuffer bytes;

  private EventPayload(String file, long position, byte[] payload) {
    this.file = file;
    this.position = position;
    this.bytes = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The event of a payload; only of a record that takes effect without a commit record. */
  static LoggedEvent parse(String file, long position, byte[] payload) throws DatabaseException {
    try {
      return new EventPayload(file, position, payload).event();
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw DatabaseException.damaged(
          file, Invariant.I1, "the event at " + position + " ends before its data does");
    }
  }

  private LoggedEvent event() throws DatabaseException {
    boolean old = bytes.get(1) == 0;
    boolean json = (bytes.getShort(FLAGS_AT) & IS_JSON) != 0;
    long version = old ? bytes.getInt(VERSION_AT) : bytes.getLong(VERSION_AT);
    bytes.position(VERSION_AT + (old ? Integer.BYTES : Long.BYTES));
    String stream = text(groupedLength());
    UUID id = DotNetGuid.read(bytes.array(), bytes.position());
    bytes.position(bytes.position() + 2 * GUID_BYTES + Long.BYTES);
    String type = text(groupedLength());
    Sha256 data = Sha256.of(field(bytes.getInt()));
    return new LoggedEvent(position, stream, version + 1, id, type, json, data);
  }

  private String text(int length) throws DatabaseException {
    return new String(field(length), StandardCharsets.UTF_8);
  }

  private byte[] field(int length) throws DatabaseException {
    if (length < 0 || length > bytes.remaining()) {
      throw DatabaseException.damaged(
          file,
          Invariant.I1,
          "the event at " + position + " has a field of " + length + " bytes, and "
              + bytes.remaining() + " are left");
    }
    byte[] field = new byte[length];
    bytes.get(field);
    return field;
  }

  /** A length in groups of seven bits, the lowest first. */
  private int groupedLength() {
    int length = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += 7) {
      byte next = bytes.get();
      length |= (next & 0x7f) << shift;
      if (next >= 0) {
        break;
      }
    }
    return length;
  }
}
