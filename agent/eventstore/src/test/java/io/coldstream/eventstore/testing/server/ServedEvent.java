package io.coldstream.eventstore.testing.server;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** An event as the emulator reads it ({@code database-files.md#s5}). */
@SuppressWarnings("ArrayRecordComponent")
record ServedEvent(
    long position,
    long end,
    int flags,
    String stream,
    long number,
    UUID id,
    String type,
    byte[] data) {

  static final int DATA = 1;
  static final int DELETE = 8;
  static final int COMMITTED = 0x20;
  static final int JSON = 0x100;
  private static final long UNIX_EPOCH_TICKS = 621_355_968_000_000_000L;

  /** The event of a payload that is a prepare's. */
  static ServedEvent of(byte[] payload, long end) {
    ByteBuffer in = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    in.position(10);
    int flags = in.getShort() & 0xffff;
    in.position(24);
    long version = payload[1] == 0 ? in.getInt() : in.getLong();
    String stream = text(in);
    UUID id = guid(in);
    in.position(in.position() + 24);
    String type = text(in);
    byte[] data = new byte[in.getInt()];
    in.get(data);
    return new ServedEvent(in.getLong(2), end, flags, stream, version + 1, id, type, data);
  }

  private static String text(ByteBuffer in) {
    int length = 0;
    int shift = 0;
    byte next;
    do {
      next = in.get();
      length |= (next & 0x7f) << shift;
      shift += 7;
    } while (next < 0);
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** The first three groups of a GUID are little-endian, the last two are not. */
  private static UUID guid(ByteBuffer in) {
    long high =
        (long) in.getInt() << 32 | (in.getShort() & 0xffffL) << 16 | in.getShort() & 0xffffL;
    return new UUID(high, Long.reverseBytes(in.getLong()));
  }

  /** When a prepare was written. */
  static Instant time(byte[] payload) {
    ByteBuffer in = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    in.position(payload[1] == 0 ? 28 : 32);
    text(in);
    in.position(in.position() + 32);
    return Instant.ofEpochMilli((in.getLong() - UNIX_EPOCH_TICKS) / 10_000);
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }
}
