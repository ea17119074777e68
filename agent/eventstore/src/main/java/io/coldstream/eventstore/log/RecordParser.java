package io.coldstream.eventstore.log;

import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.Invariant;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * The payload of a record ({@code database-files.md#s5}, 5.0 to 26.1). Only its head is needed:
 * up to the timestamp, for an epoch the whole; how much that is shows as the head is read.
 */
final class RecordParser {

  /** No payload is longer (the same place). */
  static final int MAX_PAYLOAD_BYTES = 16 * 1024 * 1024;

  /** How many bytes stand around a payload: its length before and behind it. */
  static final int FRAME_BYTES = 8;

  /** Type, version and position stand here in every record. */
  static final int COMMON_HEAD_BYTES = 10;

  private static final byte PREPARE = 0;
  private static final byte COMMIT = 1;
  private static final byte SYSTEM = 2;
  private static final byte LAST_EXPERIMENTAL = 11;

  static final int POSITION_AT = 2;
  private static final int FLAGS_AT = 10;
  private static final int TRANSACTION_AT = 12;
  private static final int OFFSET_AT = 20;
  private static final int EXPECTED_VERSION_AT = 24;
  private static final int COMMIT_TRANSACTION_AT = 10;
  private static final int COMMIT_FIRST_NUMBER_AT = 18;
  private static final int SYSTEM_TIME_AT = 10;
  private static final int SYSTEM_TYPE_AT = 18;
  private static final int SYSTEM_JSON_LENGTH_AT = 28;
  private static final int SYSTEM_HEAD_BYTES = 32;
  private static final byte EPOCH_TYPE = 1;
  private static final byte JSON = 2;

  /** Two ids stand between a prepare's stream and its time. */
  static final int BYTES_AFTER_STREAM = 32;

  /** The most bytes of a length that is written in groups of seven bits. */
  static final int MAX_LENGTH_GROUPS = 5;

  private static final int UNKNOWN = -1;

  private static final long TICKS_PER_SECOND = 10_000_000;
  private static final long UNIX_EPOCH_TICKS = 621_355_968_000_000_000L;
  private static final long LAST_TICK = 3_155_378_975_999_999_999L;

  private final String file;

  RecordParser(String file) {
    this.file = file;
  }

  /** How many bytes of a payload are needed; may be more once that many are there. */
  int neededBytes(byte[] head, int available, int payloadBytes) {
    if (available < COMMON_HEAD_BYTES) {
      return Math.min(COMMON_HEAD_BYTES, payloadBytes);
    }
    int needed = switch (head[0]) {
      case PREPARE -> prepareNeeds(head, available);
      case COMMIT -> commitTimeAt(head) + Long.BYTES;
      case SYSTEM -> systemNeeds(head, available, payloadBytes);
      default -> COMMON_HEAD_BYTES;
    };
    return Math.min(needed, payloadBytes);
  }

  /** Reads a payload whose needed bytes are there. */
  LogRecord parse(byte[] head, int available, int payloadBytes, long position)
      throws DatabaseException {
    if (available < COMMON_HEAD_BYTES) {
      throw damaged(position, "has a payload of " + payloadBytes + " bytes");
    }
    ByteBuffer bytes = ByteBuffer.wrap(head, 0, available).order(ByteOrder.LITTLE_ENDIAN);
    long own = bytes.getLong(POSITION_AT);
    long end = position + FRAME_BYTES + payloadBytes;
    if (own != position) {
      throw damaged(position, "states the position " + own);
    }
    checkKind(head, position);
    if (neededBytes(head, available, payloadBytes) > available
        || available < leastBytes(head, available)) {
      throw damaged(position, "has a payload of " + payloadBytes + " bytes, too short");
    }
    return switch (head[0]) {
      case PREPARE -> prepare(bytes, head, prepareTimeAt(head, available), position, end);
      case COMMIT ->
        new CommitRecord(
            position,
            end,
            time(bytes, commitTimeAt(head), position),
            bytes.getLong(COMMIT_TRANSACTION_AT),
            version(bytes, COMMIT_FIRST_NUMBER_AT));
      default ->
        new SystemRecord(
            position, end, time(bytes, SYSTEM_TIME_AT, position), epoch(bytes, position));
    };
  }

  private void checkKind(byte[] head, long position) throws DatabaseException {
    int type = head[0] & 0xff;
    int version = head[1] & 0xff;
    if (type > LAST_EXPERIMENTAL) {
      throw damaged(position, "has type " + type);
    }
    if (type > SYSTEM || version > (type == SYSTEM ? 0 : 1)) {
      throw DatabaseException.unsupported(
          file,
          Invariant.I10,
          "the record at " + position + " has type " + type + ", version " + version,
          "logs of the experimental format V3, or of a later one, cannot be backed up");
    }
  }

  private static int leastBytes(byte[] head, int available) {
    return switch (head[0]) {
      case PREPARE ->
        prepareTimeAt(head, available) == UNKNOWN
            ? Integer.MAX_VALUE
            : prepareTimeAt(head, available) + Long.BYTES;
      case COMMIT -> commitTimeAt(head) + Long.BYTES;
      default -> SYSTEM_HEAD_BYTES;
    };
  }

  private static int prepareNeeds(byte[] head, int available) {
    int timeAt = prepareTimeAt(head, available);
    return timeAt == UNKNOWN ? Math.max(available, streamAt(head)) + 1 : timeAt + Long.BYTES;
  }

  private static int streamAt(byte[] head) {
    return head[1] == 0 ? 28 : 32;
  }

  /** Where a prepare's time stands, known once the length of the stream's name is there. */
  static int prepareTimeAt(byte[] head, int available) {
    int at = streamAt(head);
    long lengthBytes = 0;
    for (int group = 0; group < MAX_LENGTH_GROUPS; group++, at++) {
      if (at >= available) {
        return UNKNOWN;
      }
      lengthBytes |= (head[at] & 0x7fL) << (7 * group);
      if (head[at] >= 0) {
        return (int) Math.min(at + 1 + lengthBytes + BYTES_AFTER_STREAM, MAX_PAYLOAD_BYTES);
      }
    }
    return MAX_PAYLOAD_BYTES;
  }

  private PrepareRecord prepare(ByteBuffer bytes, byte[] head, int timeAt, long position, long end)
      throws DatabaseException {
    int nameAt = streamAt(head);
    while (head[nameAt] < 0) {
      nameAt++;
    }
    return new PrepareRecord(
        position,
        end,
        time(bytes, timeAt, position),
        bytes.getShort(FLAGS_AT) & 0xffff,
        bytes.getLong(TRANSACTION_AT),
        bytes.getInt(OFFSET_AT),
        version(bytes, EXPECTED_VERSION_AT),
        StreamName.at(head, nameAt + 1, timeAt - BYTES_AFTER_STREAM));
  }

  /** A number in a stream: of four bytes in old records, where the highest ones stay the highest. */
  private static long version(ByteBuffer bytes, int at) {
    if (bytes.get(1) != 0) {
      return bytes.getLong(at);
    }
    int old = bytes.getInt(at);
    return old >= Integer.MAX_VALUE - 1 ? Long.MAX_VALUE - (Integer.MAX_VALUE - old) : old;
  }

  private static int commitTimeAt(byte[] head) {
    return head[1] == 0 ? 46 : 50;
  }

  private static int systemNeeds(byte[] head, int available, int payloadBytes) {
    if (available < SYSTEM_HEAD_BYTES || head[SYSTEM_TYPE_AT] != EPOCH_TYPE) {
      return SYSTEM_HEAD_BYTES;
    }
    // A longer one is not read, and refused for its length.
    return Math.min(payloadBytes, SYSTEM_HEAD_BYTES + EpochJson.MAX_BYTES);
  }

  private Optional<Epoch> epoch(ByteBuffer bytes, long position) throws DatabaseException {
    if (bytes.get(SYSTEM_TYPE_AT) != EPOCH_TYPE) {
      return Optional.empty();
    }
    int lengthBytes = bytes.getInt(SYSTEM_JSON_LENGTH_AT);
    if (bytes.get(SYSTEM_TYPE_AT + 1) != JSON
        || lengthBytes < 0
        || lengthBytes > bytes.limit() - SYSTEM_HEAD_BYTES) {
      throw damaged(
          position,
          "is an epoch in form " + bytes.get(SYSTEM_TYPE_AT + 1) + " of " + lengthBytes + " bytes");
    }
    Epoch epoch;
    try {
      epoch = EpochJson.parse(
          Arrays.copyOfRange(bytes.array(), SYSTEM_HEAD_BYTES, SYSTEM_HEAD_BYTES + lengthBytes));
    } catch (IllegalArgumentException e) {
      // What is wrong with it may quote it at any length; its length says enough.
      throw damaged(position, "is an epoch that cannot be read: " + lengthBytes + " bytes");
    }
    if (epoch.position() != position) {
      throw damaged(position, "is an epoch that states the position " + epoch.position());
    }
    return Optional.of(epoch);
  }

  /** Ticks of 100 ns since the year 1 (the same place, timestamps). */
  private Instant time(ByteBuffer bytes, int at, long position) throws DatabaseException {
    long ticks = bytes.getLong(at);
    if (ticks < 0 || ticks > LAST_TICK) {
      throw damaged(position, "has the invalid time of " + ticks + " ticks");
    }
    long sinceUnixEpoch = ticks - UNIX_EPOCH_TICKS;
    return Instant.ofEpochSecond(
        Math.floorDiv(sinceUnixEpoch, TICKS_PER_SECOND),
        Math.floorMod(sinceUnixEpoch, TICKS_PER_SECOND) * 100);
  }

  DatabaseException damaged(long position, String found) {
    return DatabaseException.damaged(file, Invariant.I1, "the record at " + position + " " + found);
  }

  static void checkPositions(long position, long endPosition) {
    if (position < 0 || endPosition <= position) {
      throw new IllegalArgumentException("a record from " + position + " to " + endPosition);
    }
  }
}
