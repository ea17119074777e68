package io.coldstream.eventstore.log;

import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.DotNetGuid;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * An event with everything that its record holds ({@code database-files.md#s5}, 5.0 to 26.1).
 *
 * @param prepare what a walk over the log sees of it
 * @param id the id that its writer gave it
 * @param type its type
 * @param data its data, at most 16 MiB; read-only
 * @param metadata its metadata; read-only
 */
public record EventRecord(
    PrepareRecord prepare, UUID id, String type, ByteBuffer data, ByteBuffer metadata) {

  /** Makes the buffers read-only. */
  public EventRecord {
    data = data.asReadOnlyBuffer();
    metadata = metadata.asReadOnlyBuffer();
  }

  /** {@return the data, from its start} */
  @Override
  public ByteBuffer data() {
    return data.duplicate();
  }

  /** {@return the metadata, from its start} */
  @Override
  public ByteBuffer metadata() {
    return metadata.duplicate();
  }

  /** Reads a whole payload, which must be an event's. */
  static EventRecord parse(RecordParser parser, byte[] payload, long position)
      throws DatabaseException {
    LogRecord record = parser.parse(payload, payload.length, payload.length, position);
    if (!(record instanceof PrepareRecord prepare)) {
      throw parser.damaged(position, "is not an event");
    }
    int timeAt = RecordParser.prepareTimeAt(payload, payload.length);
    int idAt = timeAt - RecordParser.BYTES_AFTER_STREAM;
    ByteBuffer bytes = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(timeAt + Long.BYTES);
    ByteBuffer type = field(parser, prepare, bytes, length(parser, prepare, bytes));
    ByteBuffer data = field(parser, prepare, bytes, fixedLength(parser, prepare, bytes));
    ByteBuffer metadata = field(parser, prepare, bytes, fixedLength(parser, prepare, bytes));
    return new EventRecord(
        prepare,
        DotNetGuid.read(payload, idAt),
        StandardCharsets.UTF_8.decode(type).toString(),
        data,
        metadata);
  }

  /** A length in groups of seven bits, the lowest first. */
  private static long length(RecordParser parser, PrepareRecord prepare, ByteBuffer bytes)
      throws DatabaseException {
    long length = 0;
    for (int group = 0; group < RecordParser.MAX_LENGTH_GROUPS && bytes.hasRemaining(); group++) {
      byte next = bytes.get();
      length |= (next & 0x7fL) << (7 * group);
      if (next >= 0) {
        return length;
      }
    }
    throw parser.damaged(prepare.position(), "has a type without a length");
  }

  private static long fixedLength(RecordParser parser, PrepareRecord prepare, ByteBuffer bytes)
      throws DatabaseException {
    if (bytes.remaining() < Integer.BYTES) {
      throw parser.damaged(prepare.position(), "ends before its data");
    }
    return bytes.getInt();
  }

  private static ByteBuffer field(
      RecordParser parser, PrepareRecord prepare, ByteBuffer bytes, long length)
      throws DatabaseException {
    if (length < 0 || length > bytes.remaining()) {
      throw parser.damaged(
          prepare.position(),
          "has a field of " + length + " bytes, and " + bytes.remaining() + " are left");
    }
    ByteBuffer field = bytes.slice(bytes.position(), (int) length);
    bytes.position(bytes.position() + (int) length);
    return field;
  }
}
