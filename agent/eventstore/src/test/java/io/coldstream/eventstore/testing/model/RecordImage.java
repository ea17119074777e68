package io.coldstream.eventstore.testing.model;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/** Log records, byte for byte ({@code database-files.md#s5}). Stateless. */
public final class RecordImage {

  /** Prepare: carries data. */
  public static final int DATA = 0x01;

  /** Prepare: first of a transaction. */
  public static final int BEGIN = 0x02;

  /** Prepare: last of a transaction. */
  public static final int END = 0x04;

  /** Prepare: committed by itself, no Commit record follows. */
  public static final int COMMITTED = 0x20;

  /** Prepare: its data is JSON. */
  public static final int JSON = 0x100;

  private static final long TICKS_AT_UNIX_EPOCH = 621_355_968_000_000_000L;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'", Locale.ROOT);

  private RecordImage() {}

  /** The payload between its two lengths. */
  public static byte[] framed(byte[] payload) {
    return new Bytes().i32(payload.length).raw(payload).i32(payload.length).toArray();
  }

  /** .NET ticks of a Unix time in milliseconds. */
  public static long ticks(long unixMillis) {
    return TICKS_AT_UNIX_EPOCH + unixMillis * 10_000;
  }

  /**
   * An event, or part of a transaction.
   *
   * @param version 0 (expected version of four bytes) or 1 (of eight)
   * @param position the record's own log position
   * @param flags see the constants
   * @param transactionPosition position of the transaction's first record
   * @param transactionOffset its place in the transaction
   * @param expectedVersion the number before the event's own
   * @param stream the stream's name
   * @param eventId the event's id
   * @param correlationId the write's id
   * @param ticks the leader's time
   * @param type the event's type
   * @param data the event's data
   * @param metadata the event's metadata
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Prepare(
      int version,
      long position,
      int flags,
      long transactionPosition,
      int transactionOffset,
      long expectedVersion,
      String stream,
      UUID eventId,
      UUID correlationId,
      long ticks,
      String type,
      byte[] data,
      byte[] metadata) {

    /** The payload, without its lengths. */
    public byte[] payload() {
      Bytes bytes = new Bytes().u8(0).u8(version).i64(position).i16(flags);
      bytes.i64(transactionPosition).i32(transactionOffset);
      if (version == 0) {
        bytes.i32((int) expectedVersion);
      } else {
        bytes.i64(expectedVersion);
      }
      bytes.text(stream).guid(eventId).guid(correlationId).i64(ticks).text(type);
      bytes.i32(data.length).raw(data).i32(metadata.length).raw(metadata);
      return bytes.toArray();
    }
  }

  /** The payload of a Commit, which closes an explicit transaction. */
  public static byte[] commit(
      int version, long position, long transaction, long firstEvent, UUID correlation, long ticks) {
    Bytes bytes = new Bytes().u8(1).u8(version).i64(position).i64(transaction);
    if (version == 0) {
      bytes.i32((int) firstEvent);
    } else {
      bytes.i64(firstEvent);
    }
    return bytes.i64(position).guid(correlation).i64(ticks).toArray();
  }

  /** The payload of the System record that opens an epoch. */
  public static byte[] epoch(long position, byte[] json, long ticks) {
    Bytes bytes = new Bytes().u8(2).u8(0).i64(position).i64(ticks).u8(1).u8(2).i64(0);
    return bytes.i32(json.length).raw(json).toArray();
  }

  /**
   * The JSON of an epoch as servers write it: what has its type's default value is left out, so the
   * first epoch has neither position nor number, and the second no previous position.
   */
  public static byte[] epochJson(
      long position, long number, UUID id, long previousPosition, long ticks, UUID leader) {
    StringBuilder json = new StringBuilder("{\n");
    if (position != 0) {
      json.append("  \"epochPosition\": ").append(position).append(",\n");
    }
    if (number != 0) {
      json.append("  \"epochNumber\": ").append(number).append(",\n");
    }
    json.append("  \"epochId\": \"").append(id).append("\",\n");
    if (previousPosition != 0) {
      json.append("  \"prevEpochPosition\": ").append(previousPosition).append(",\n");
    }
    LocalDateTime time = LocalDateTime.of(1, 1, 1, 0, 0)
        .plusSeconds(ticks / 10_000_000)
        .plusNanos(ticks % 10_000_000 * 100);
    json.append("  \"timeStamp\": \"").append(TIME.format(time)).append("\",\n");
    json.append("  \"leaderInstanceId\": \"").append(leader).append("\"\n}");
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}
