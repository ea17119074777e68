package io.coldstream.eventstore.testing.model;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.coldstream.eventstore.index.StreamHash;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** Writes the chunk files of a synthetic database, record by record through a small buffer. */
final class SyntheticLog {

  private static final int BUFFER_BYTES = 1 << 20;
  private static final int FRAME_BYTES = ChunkImage.FRAME_BYTES;

  private final Path folder;
  private final SyntheticDatabase.Shape shape;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
  private final List<Long> epochs = new ArrayList<>();
  private final List<UUID> epochIds = new ArrayList<>();
  private final List<IndexImage.Entry> entries = new ArrayList<>();
  private long end;
  private long recordCount;

  SyntheticLog(Path folder, SyntheticDatabase.Shape shape) {
    this.folder = folder;
    this.shape = shape;
  }

  long end() {
    return end;
  }

  long recordCount() {
    return recordCount;
  }

  List<Long> epochs() {
    return List.copyOf(epochs);
  }

  List<UUID> epochIds() {
    return List.copyOf(epochIds);
  }

  /** One entry per event, where an index is wanted. */
  List<IndexImage.Entry> entries() {
    return entries;
  }

  SyntheticDatabase.WrittenChunk completed(int number) throws IOException {
    try (Output out = new Output(number)) {
      out.records(shape.dataBytesPerChunk());
      int data = out.dataBytes();
      long length = ChunkImage.completedLength(data);
      out.put(new byte[(int) (length - 2L * FRAME_BYTES - data)]);
      out.put(ChunkImage.footerStart(data, data, 0, true));
      byte[] hash = out.finish();
      end = (number + 1L) * shape.chunkSizeBytes();
      String md5 = HexFormat.of().formatHex(hash);
      return new SyntheticDatabase.WrittenChunk(out.name, length, md5);
    }
  }

  SyntheticDatabase.WrittenChunk active(int number) throws IOException {
    try (Output out = new Output(number)) {
      end = (long) number * shape.chunkSizeBytes();
      if (shape.activeBytes() > 0) {
        out.records(shape.activeBytes());
        end += out.dataBytes();
      }
      out.flush();
      long length = ChunkImage.preallocatedLength(shape.chunkSizeBytes());
      try (RandomAccessFile file = new RandomAccessFile(folder.resolve(out.name).toFile(), "rw")) {
        file.setLength(length);
      }
      return new SyntheticDatabase.WrittenChunk(out.name, length, "");
    }
  }

  /** One chunk file that is being written. */
  private final class Output implements AutoCloseable {
    private final int number;
    private final String name;
    private final long start;
    private final FileChannel channel;
    private final MessageDigest md5 = Bytes.newMd5();
    private final SplittableRandom random;
    private long written;

    private Output(int number) throws IOException {
      this.number = number;
      this.name = ChunkImage.name(number, 0);
      this.start = (long) number * shape.chunkSizeBytes();
      this.random = new SplittableRandom(shape.seed() * 1_000_003 + number);
      this.channel = FileChannel.open(folder.resolve(name), CREATE, WRITE, TRUNCATE_EXISTING);
      buffer.clear();
      ChunkImage.Header header =
          ChunkImage.Header.fresh(shape.chunkFormat(), shape.chunkSizeBytes(), number, guid());
      put(header.bytes());
    }

    private int dataBytes() {
      return (int) written - FRAME_BYTES;
    }

    private void records(int most) throws IOException {
      if (number % shape.epochEveryChunks() == 0) {
        epoch();
      }
      for (long nth = 0; ; nth++) {
        long position = start + dataBytes();
        long eventNumber = number * 1_000_000L + nth;
        byte[] data = new byte[shape.recordBytes() / 2 + random.nextInt(shape.recordBytes() / 2)];
        random.nextBytes(data);
        byte[] record = event(position, "bulk-" + nth % 16, "Added", eventNumber, data);
        if (dataBytes() + record.length > most) {
          return;
        }
        put(record);
        recordCount++;
        if (shape.index()) {
          long hash = StreamHash.of("bulk-" + nth % 16);
          entries.add(new IndexImage.Entry(eventNumber, hash, position));
        }
      }
    }

    private void epoch() throws IOException {
      long position = start + dataBytes();
      long previous = epochs.isEmpty() ? -1 : epochs.get(epochs.size() - 1);
      UUID id = guid();
      byte[] json =
          RecordImage.epochJson(position, epochs.size(), id, previous, ticks(position), guid());
      put(RecordImage.framed(RecordImage.epoch(position, json, ticks(position))));
      epochs.add(position);
      epochIds.add(id);
      String stream = "$epoch-information";
      put(event(start + dataBytes(), stream, stream, epochs.size() - 1, json));
      recordCount += 2;
    }

    private byte[] event(long position, String stream, String type, long eventNumber, byte[] data) {
      int flags = RecordImage.DATA | RecordImage.BEGIN | RecordImage.END | RecordImage.COMMITTED;
      RecordImage.Prepare prepare = new RecordImage.Prepare(
          1,
          position,
          flags,
          position,
          0,
          eventNumber - 1,
          stream,
          guid(),
          guid(),
          ticks(position),
          type,
          data,
          new byte[0]);
      return RecordImage.framed(prepare.payload());
    }

    private UUID guid() {
      return new UUID(random.nextLong(), random.nextLong());
    }

    private long ticks(long position) {
      return RecordImage.ticks(1_700_000_000_000L + position / 100);
    }

    private void put(byte[] bytes) throws IOException {
      int from = 0;
      while (from < bytes.length) {
        int count = Math.min(buffer.remaining(), bytes.length - from);
        buffer.put(bytes, from, count);
        from += count;
        if (!buffer.hasRemaining()) {
          flush();
        }
      }
      written += bytes.length;
    }

    private void flush() throws IOException {
      buffer.flip();
      md5.update(buffer.array(), 0, buffer.limit());
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      buffer.clear();
    }

    private byte[] finish() throws IOException {
      flush();
      byte[] hash = md5.digest();
      channel.write(ByteBuffer.wrap(hash));
      return hash;
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
