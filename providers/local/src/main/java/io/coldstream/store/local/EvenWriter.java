package io.coldstream.store.local;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one file in an even flow, so that a database on the same disk does not wait for this file
 * when it syncs its own. Whole blocks go past the page cache where the file system allows it (ADR 19).
 * Everything else goes through the page cache, and a sync follows every {@value #SYNC_EVERY_BYTES}
 * bytes. Used by one thread.
 */
final class EvenWriter implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(EvenWriter.class);

  /** The length of a block that can go past the page cache. */
  static final int BLOCK_BYTES = 256 << 10;

  /** How many bytes the page cache holds before a sync. */
  static final int SYNC_EVERY_BYTES = 4 << 20;

  /** What the position, the length and the memory of a direct write must be a multiple of. */
  private static final int ALIGNMENT_BYTES = 4096;

  /** An open file. */
  interface Target extends Closeable {
    int write(ByteBuffer bytes, long position) throws IOException;

    /** Returns when all bytes that were written are on the device. */
    void sync() throws IOException;
  }

  /** Opens the same file again, for writes past the page cache. */
  interface DirectOpener {
    /**
     * Opens the file.
     *
     * @throws UnsupportedOperationException when the platform has no such writes
     * @throws IOException when the file system refuses, or the file cannot be opened
     */
    Target open() throws IOException;
  }

  private final Target cached;
  private final DirectOpener opener;
  private final Queue<ByteBuffer> buffers;
  private Optional<Target> direct = Optional.empty();
  private boolean refused;
  private long unsyncedBytes;

  /**
   * Makes a writer.
   *
   * @param cached the file, through the page cache; stays open when the writer is closed
   * @param opener opens the file past the page cache, at the first whole block
   * @param buffers aligned memory to use and to give back; shared between threads
   */
  EvenWriter(Target cached, DirectOpener opener, Queue<ByteBuffer> buffers) {
    this.cached = cached;
    this.opener = opener;
    this.buffers = buffers;
  }

  /** Writes bytes to a position. */
  void write(byte[] bytes, int length, long position) throws IOException {
    boolean whole = length == BLOCK_BYTES && position % ALIGNMENT_BYTES == 0;
    if (!whole || !writtenDirectly(bytes, position)) {
      writeFully(cached, ByteBuffer.wrap(bytes, 0, length), position);
      unsyncedBytes += length;
    }
    if (unsyncedBytes >= SYNC_EVERY_BYTES) {
      cached.sync();
      unsyncedBytes = 0;
    }
  }

  private boolean writtenDirectly(byte[] bytes, long position) throws IOException {
    if (refused || !opened()) {
      return false;
    }
    ByteBuffer polled = buffers.poll();
    ByteBuffer buffer = polled == null ? allocated() : polled;
    try {
      writeFully(direct.orElseThrow(), buffer.clear().put(bytes, 0, BLOCK_BYTES).flip(), position);
      return true;
    } catch (ClosedChannelException e) {
      // An interrupt.
      throw e;
    } catch (IOException e) {
      // Larger blocks than ours, or a file system that opens but does not write. A disk that is
      // full
      // or broken fails again in the write through the page cache, which repeats all of this block.
      refuse(e);
      return false;
    } finally {
      buffers.add(buffer);
    }
  }

  private boolean opened() {
    if (direct.isEmpty()) {
      try {
        direct = Optional.of(opener.open());
      } catch (IOException | UnsupportedOperationException e) {
        refuse(e);
      }
    }
    return direct.isPresent();
  }

  private void refuse(Exception reason) {
    refused = true;
    LOG.debug(
        "direct writes are refused, the file goes through the page cache: {}", reason.toString());
  }

  private static ByteBuffer allocated() {
    return ByteBuffer.allocateDirect(BLOCK_BYTES + ALIGNMENT_BYTES)
        .alignedSlice(ALIGNMENT_BYTES)
        .limit(BLOCK_BYTES)
        .slice();
  }

  private static void writeFully(Target target, ByteBuffer bytes, long position)
      throws IOException {
    while (bytes.hasRemaining()) {
      target.write(bytes, position + bytes.position());
    }
  }

  /** Closes what it opened; with it go the locks of this process on the file. */
  @Override
  public void close() throws IOException {
    if (direct.isPresent()) {
      direct.get().close();
    }
  }
}
