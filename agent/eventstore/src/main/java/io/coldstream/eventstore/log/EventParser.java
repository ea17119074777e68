package io.coldstream.eventstore.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/** Parses what names the event of a prepare record ({@code database-files.md#s5}, 5.0 to 26.1). */
final class EventParser {

  private static final int EXPECTED_VERSION_AT = 24;
  private static final int STREAM_AT = 28;
  private static final int STREAM_AT_OF_VERSION_1 = 32;

  /** Two ids and the time stand between the stream and the type. */
  private static final int BYTES_BETWEEN_NAMES = 16 + 16 + Long.BYTES;

  private static final int BITS_PER_GROUP = 7;
  private static final int MAX_LENGTH_BITS = 28;

  private final ByteBuffer head;

  private EventParser(byte[] head) {
    this.head = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Parses the beginning of a payload.
   *
   * @param head the beginning, of any length
   * @param record the record that it belongs to
   * @return what names the event; empty when more bytes are needed
   */
  static Optional<EventIdentity> parse(byte[] head, PrepareRecord record) {
    if (head.length <= STREAM_AT_OF_VERSION_1) {
      return Optional.empty();
    }
    EventParser parser = new EventParser(head);
    boolean old = head[1] == 0;
    long before = old
        ? parser.head.getInt(EXPECTED_VERSION_AT)
        : parser.head.getLong(EXPECTED_VERSION_AT);
    parser.head.position(old ? STREAM_AT : STREAM_AT_OF_VERSION_1);
    Optional<String> stream = parser.text();
    if (stream.isEmpty() || parser.head.remaining() < BYTES_BETWEEN_NAMES) {
      return Optional.empty();
    }
    parser.head.position(parser.head.position() + BYTES_BETWEEN_NAMES);
    OptionalLong number =
        record.isCommitted() ? OptionalLong.of(before + 1) : OptionalLong.empty();
    return parser.text().map(type -> new EventIdentity(stream.get(), number, type));
  }

  /** A text behind its length in bytes, which is written in groups of seven bits. */
  private Optional<String> text() {
    long lengthBytes = 0;
    byte group = -1;
    for (int bits = 0; group < 0; bits += BITS_PER_GROUP) {
      if (!head.hasRemaining() || bits > MAX_LENGTH_BITS) {
        return Optional.empty();
      }
      group = head.get();
      lengthBytes |= (group & 0x7fL) << bits;
    }
    if (lengthBytes > head.remaining()) {
      return Optional.empty();
    }
    byte[] bytes = new byte[(int) lengthBytes];
    head.get(bytes);
    return Optional.of(new String(bytes, StandardCharsets.UTF_8));
  }
}
