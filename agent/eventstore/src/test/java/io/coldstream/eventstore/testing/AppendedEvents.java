package io.coldstream.eventstore.testing;

import io.coldstream.eventstore.testing.model.RecordImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/** Writes events of a test's own into the active chunk of a database that no server runs on. */
public final class AppendedEvents {

  private static final int HEADER_BYTES = 128;
  private static final int CHUNK_SIZE_AT = 2;

  private final Path database;

  /** For a database whose active chunk has room. */
  public AppendedEvents(Path database) {
    this.database = database;
  }

  /** Where the log ends. */
  public long end() {
    return ByteBuffer.wrap(bytes(database.resolve("writer.chk")))
        .order(ByteOrder.LITTLE_ENDIAN)
        .getLong();
  }

  /**
   * Appends an event.
   *
   * @param flags those of its record; {@link RecordImage#DATA} and more
   * @return where its record starts
   */
  public long append(String stream, long number, String type, Instant time, int flags) {
    return appendTo(end(), stream, number, type, time, flags);
  }

  /** Appends an event to a write that begins at an earlier record. */
  public long appendTo(
      long begin, String stream, long number, String type, Instant time, int flags) {
    long position = end();
    byte[] record = RecordImage.framed(new RecordImage.Prepare(
            1,
            position,
            flags,
            begin,
            0,
            number - 1,
            stream,
            new UUID(position, number),
            new UUID(number, position),
            RecordImage.ticks(time.toEpochMilli()),
            type,
            "{}".getBytes(StandardCharsets.UTF_8),
            new byte[0])
        .payload());
    write(position, record);
    return position;
  }

  /** Appends an event that stands by itself. */
  public long append(String stream, long number, String type, Instant time) {
    return append(
        stream,
        number,
        type,
        time,
        RecordImage.DATA | RecordImage.BEGIN | RecordImage.END | RecordImage.COMMITTED);
  }

  private void write(long position, byte[] record) {
    int chunkSize = ByteBuffer.wrap(bytes(database.resolve("chunk-000000.000000")))
        .order(ByteOrder.LITTLE_ENDIAN)
        .getInt(CHUNK_SIZE_AT);
    long local = position % chunkSize;
    if (local + record.length > chunkSize) {
      throw new IllegalStateException("the active chunk is full");
    }
    Path chunk =
        database.resolve(String.format(Locale.ROOT, "chunk-%06d.000000", position / chunkSize));
    try (FileChannel file = FileChannel.open(chunk, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(record), HEADER_BYTES + local);
      ByteBuffer end = ByteBuffer.allocate(Long.BYTES)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putLong(position + record.length);
      for (String checkpoint : new String[] {"writer.chk", "chaser.chk"}) {
        Files.write(database.resolve(checkpoint), end.array());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
