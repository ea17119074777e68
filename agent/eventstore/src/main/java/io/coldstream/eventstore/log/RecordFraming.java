package io.coldstream.eventstore.log;

import io.coldstream.eventstore.DatabaseException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Checks the records of an unscavenged chunk while its bytes pass by, in slices of any size ({@code
 * database-files.md#s5}, 5.0 to 26.1): the length before a record is the length behind it and 1
 * byte to 16 MiB,
 * and the record says itself that it lies where it lies. Each whole record is reported.
 *
 * <p>Keeps the head of one record, at most 16 MiB and normally less than a kilobyte. Not for use by
 * several threads. After an exception it must not be fed again.
 */
public final class RecordFraming {

  private static final int LENGTH_FIELD_BYTES = Integer.BYTES;
  private static final int COMMON_HEAD_ROOM_BYTES = 256;

  private final RecordParser parser;
  private final RecordVisitor visitor;

  /** The record that is passing: where it starts, how much of its frame has passed, its length. */
  private long start;

  private int passedBytes;
  private int payloadBytes;
  private int suffix;

  private byte[] head = new byte[COMMON_HEAD_ROOM_BYTES];
  private int headBytes;
  private LogRecord record;

  private OptionalLong lastSafeCut = OptionalLong.empty();
  private boolean stopped;

  /**
   * Begins at the start of a record.
   *
   * @param file the chunk's name, for messages
   * @param position where in the log the first byte that is fed lies: a record's start, or a
   *     chunk's
   * @param visitor sees each record
   */
  public RecordFraming(String file, long position, RecordVisitor visitor) {
    this.parser = new RecordParser(file);
    this.start = position;
    this.visitor = visitor;
  }

  /**
   * Takes the next bytes of the chunk's data.
   *
   * @param bytes all that remains in it is taken, unless the visitor stops
   * @return false when the visitor has stopped
   * @throws DatabaseException at the first record that is damaged, or of an unknown kind
   * @throws IOException what the visitor threw
   */
  public boolean feed(ByteBuffer bytes) throws IOException {
    while (!stopped && bytes.hasRemaining()) {
      if (passedBytes < LENGTH_FIELD_BYTES) {
        takePrefix(bytes);
      } else if (passedBytes < LENGTH_FIELD_BYTES + payloadBytes) {
        takePayload(bytes);
      } else {
        takeSuffix(bytes);
      }
    }
    return !stopped;
  }

  /** {@return whether the visitor has stopped} */
  public boolean isStopped() {
    return stopped;
  }

  /**
   * Says that no more bytes come.
   *
   * @throws DatabaseException when the last ones were not the end of a record
   */
  public void finish() throws DatabaseException {
    if (passedBytes > 0) {
      throw parser.damaged(
          start, "is cut off after " + passedBytes + " bytes, at " + (start + passedBytes));
    }
  }

  /** {@return the end of the last whole record, or where it began} */
  public long lastRecordEnd() {
    return start;
  }

  /** {@return the last end of a record, of those fed, at which the log may end} */
  public OptionalLong lastSafeCut() {
    return lastSafeCut;
  }

  private void takePrefix(ByteBuffer bytes) throws DatabaseException {
    while (passedBytes < LENGTH_FIELD_BYTES && bytes.hasRemaining()) {
      payloadBytes |= (bytes.get() & 0xff) << (Byte.SIZE * passedBytes++);
    }
    if (passedBytes == LENGTH_FIELD_BYTES) {
      if (payloadBytes < 1 || payloadBytes > RecordParser.MAX_PAYLOAD_BYTES) {
        throw parser.damaged(start, "states a length of " + payloadBytes + " bytes");
      }
    }
  }

  private void takePayload(ByteBuffer bytes) throws DatabaseException {
    int left = LENGTH_FIELD_BYTES + payloadBytes - passedBytes;
    if (record == null) {
      int wanted = parser.neededBytes(head, headBytes, payloadBytes) - headBytes;
      int taken = Math.min(wanted, bytes.remaining());
      if (headBytes + taken > head.length) {
        head = Arrays.copyOf(head, headBytes + wanted);
      }
      bytes.get(head, headBytes, taken);
      headBytes += taken;
      passedBytes += taken;
      if (parser.neededBytes(head, headBytes, payloadBytes) == headBytes) {
        record = parser.parse(head, headBytes, payloadBytes, start);
      }
    } else {
      int skipped = Math.min(left, bytes.remaining());
      bytes.position(bytes.position() + skipped);
      passedBytes += skipped;
    }
  }

  private void takeSuffix(ByteBuffer bytes) throws IOException {
    int before = LENGTH_FIELD_BYTES + payloadBytes;
    int end = before + LENGTH_FIELD_BYTES;
    while (passedBytes < end && bytes.hasRemaining()) {
      suffix |= (bytes.get() & 0xff) << (Byte.SIZE * (passedBytes++ - before));
    }
    if (passedBytes == end) {
      if (suffix != payloadBytes) {
        throw parser.damaged(
            start,
            "states a length of " + payloadBytes + " bytes before it, and of " + suffix
                + " after it");
      }
      complete();
    }
  }

  private void complete() throws IOException {
    LogRecord whole = record;
    start = whole.endPosition();
    passedBytes = 0;
    payloadBytes = 0;
    suffix = 0;
    headBytes = 0;
    record = null;
    if (head.length > COMMON_HEAD_ROOM_BYTES) {
      head = new byte[COMMON_HEAD_ROOM_BYTES];
    }
    if (whole.endsAtSafeCut()) {
      lastSafeCut = OptionalLong.of(start);
    }
    stopped = !visitor.visit(whole);
  }
}
