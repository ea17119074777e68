package io.coldstream.eventstore.testing.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads chunk files and records for the oracle, straightforwardly: a file is an array. Stateless.
 */
final class ParsedLog {

  private static final Pattern POSITION = Pattern.compile("\"epochPosition\":\\s*(-?\\d+)");
  private static final Pattern PREVIOUS = Pattern.compile("\"prevEpochPosition\":\\s*(-?\\d+)");
  private static final int MAX_PAYLOAD_BYTES = 16 * 1024 * 1024;

  private ParsedLog() {}

  /** A chunk file's header and footer, and its bytes. */
  @SuppressWarnings("ArrayRecordComponent")
  record Chunk(
      String name,
      byte[] bytes,
      int type,
      int minCompatible,
      int format,
      int chunkSize,
      int first,
      int last,
      boolean scavenged,
      int transform) {

    static Optional<Chunk> parse(String name, byte[] bytes) {
      if (bytes.length < 2 * ChunkImage.FRAME_BYTES) {
        return Optional.empty();
      }
      ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      int format = bytes[34] == 0 ? bytes[1] : bytes[34];
      return Optional.of(new Chunk(
          name,
          bytes,
          bytes[0],
          bytes[1],
          format,
          in.getInt(2),
          in.getInt(6),
          in.getInt(10),
          in.getInt(14) != 0,
          bytes[35]));
    }

    long start() {
      return (long) first * chunkSize;
    }

    long end() {
      return (last + 1L) * chunkSize;
    }

    private ByteBuffer footer() {
      return ByteBuffer.wrap(bytes, bytes.length - 128, 128).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    boolean completed() {
      return (footer().get(0) & 1) != 0;
    }

    boolean wide() {
      return (footer().get(0) & 2) != 0;
    }

    int physical() {
      return footer().getInt(1);
    }

    long logical() {
      return wide() ? footer().getLong(5) : footer().getInt(5);
    }

    int mapBytes() {
      return footer().getInt(wide() ? 13 : 9);
    }

    boolean hashAgrees() {
      byte[] told = Arrays.copyOfRange(bytes, bytes.length - 16, bytes.length);
      MessageDigest md5 = Bytes.newMd5();
      md5.update(bytes, 0, bytes.length - 16);
      return Arrays.equals(told, md5.digest());
    }
  }

  /**
   * A record; its bytes stay where they are.
   *
   * @param position its own log position
   * @param chunk where it is
   * @param offset where it starts in the chunk's data
   * @param length its length with both lengths around it
   */
  record Record(long position, Chunk chunk, int offset, int length) {

    long end() {
      return position + length;
    }

    int type() {
      return at(4);
    }

    boolean holds(byte[] wanted) {
      int from = ChunkImage.FRAME_BYTES + offset;
      return Arrays.equals(chunk.bytes(), from, from + length, wanted, 0, wanted.length);
    }

    private byte at(int index) {
      return chunk.bytes()[ChunkImage.FRAME_BYTES + offset + index];
    }

    private int flags() {
      return (at(14) & 0xff) | (at(15) & 0xff) << 8;
    }

    /** Whether the log may end after it ({@code database-files.md#s5}). */
    boolean safe() {
      return type() != 0
          || (flags() & RecordImage.COMMITTED) == 0
          || (flags() & RecordImage.END) != 0;
    }

    boolean epoch() {
      return type() == 2 && at(22) == 1;
    }

    /** An epoch's position as its JSON tells it: 0 where it is left out. */
    long epochPosition() {
      return number(POSITION);
    }

    /** The position of the epoch before, as the JSON tells it: 0 where it is left out. */
    long previousEpochPosition() {
      return number(PREVIOUS);
    }

    private long number(Pattern name) {
      int from = ChunkImage.FRAME_BYTES + offset + 36;
      String json = new String(chunk.bytes(), from, length - 40, StandardCharsets.UTF_8);
      Matcher found = name.matcher(json);
      return found.find() ? Long.parseLong(found.group(1)) : 0;
    }
  }

  /**
   * The record at an offset of the chunk's data, which ends at {@code limit}; empty when it is not
   * whole.
   */
  static Optional<Record> record(Chunk chunk, int offset, int limit) {
    int at = ChunkImage.FRAME_BYTES + offset;
    ByteBuffer in = ByteBuffer.wrap(chunk.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    if (limit - offset < 8 || at + 8 > chunk.bytes().length) {
      return Optional.empty();
    }
    int length = in.getInt(at);
    if (length < 30
        || length > MAX_PAYLOAD_BYTES
        || offset + 8L + length > limit
        || at + 8L + length > chunk.bytes().length
        || in.getInt(at + 4 + length) != length) {
      return Optional.empty();
    }
    return Optional.of(new Record(in.getLong(at + 6), chunk, offset, 8 + length));
  }
}
