package io.coldstream.cli.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

/**
 * The database server's writer, as far as its disk sees it: a record of 1 kB is written to the active
 * chunk, which has its full length from the start, and synced; then writer.chk, then chaser.chk
 * ({@code database-files.md#s14-8}). A client waits until writer.chk is synced: that is the latency.
 */
final class Appender implements AutoCloseable {

  private static final int RECORD_BYTES = 1000;
  private static final int CHUNK_BYTES = 256 << 20;
  private static final int ZEROES_BYTES = 1 << 20;

  /** An append begins every so often, or as soon as the one before it is done. */
  private static final Duration INTERVAL = Duration.ofMillis(10);

  private final FileChannel chunk;
  private final FileChannel writer;
  private final FileChannel chaser;
  private volatile boolean stopped;
  private long position;

  /** Makes the files in a folder, on the disk that is to be measured. */
  Appender(Path folder) throws IOException {
    Files.createDirectories(folder);
    chunk = create(folder.resolve("chunk-000000.000000"));
    writer = create(folder.resolve("writer.chk"));
    chaser = create(folder.resolve("chaser.chk"));
    for (int at = 0; at < CHUNK_BYTES; at += ZEROES_BYTES) {
      chunk.write(ByteBuffer.allocate(ZEROES_BYTES), at);
    }
    chunk.force(true);
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Appends for some time. */
  Latencies runFor(Duration time) throws IOException {
    long end = System.nanoTime() + time.toNanos();
    List<Double> milliseconds = new ArrayList<>();
    while (System.nanoTime() - end < 0) {
      milliseconds.add(append());
    }
    return new Latencies(milliseconds);
  }

  /** Something that uses the disk. */
  interface Load {
    void run() throws IOException, InterruptedException;
  }

  /** Appends as long as something else runs. */
  Latencies runBeside(Load load) throws IOException, InterruptedException {
    stopped = false;
    CompletableFuture<Latencies> appends = new CompletableFuture<>();
    Thread thread = new Thread(() -> appendUntilStopped(appends), "appender");
    thread.start();
    try {
      load.run();
    } finally {
      stopped = true;
      thread.join();
    }
    try {
      return appends.join();
    } catch (CompletionException e) {
      throw new IOException("the appender failed", e.getCause());
    }
  }

  private void appendUntilStopped(CompletableFuture<Latencies> appends) {
    List<Double> milliseconds = new ArrayList<>();
    try {
      while (!stopped) {
        milliseconds.add(append());
      }
      appends.complete(new Latencies(milliseconds));
    } catch (IOException e) {
      appends.completeExceptionally(e);
    }
  }

  private double append() throws IOException {
    long start = System.nanoTime();
    chunk.write(ByteBuffer.allocate(RECORD_BYTES), position % (CHUNK_BYTES - RECORD_BYTES));
    chunk.force(false);
    position += RECORD_BYTES;
    move(writer);
    double milliseconds = (System.nanoTime() - start) / 1e6;
    move(chaser);
    LockSupport.parkNanos(start + INTERVAL.toNanos() - System.nanoTime());
    return milliseconds;
  }

  private void move(FileChannel checkpoint) throws IOException {
    checkpoint.write(ByteBuffer.allocate(Long.BYTES).putLong(0, position), 0);
    checkpoint.force(false);
  }

  @Override
  public void close() throws IOException {
    try (chunk;
        writer) {
      chaser.close();
    }
  }
}
