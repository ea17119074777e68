package io.coldstream.store.gcs.emulator;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The bytes of an object or of one that is being sent. They only ever grow; one thread at a time
 * appends, and what is there may be read by any.
 */
interface Bytes {

  /** Where new ones come from. */
  interface Source {
    Bytes create() throws IOException;
  }

  /** The unit of an upload. Only the last block of an object is shorter. */
  int BLOCK = 256 << 10;

  /** Takes a block over; the caller lets go of it. */
  void append(byte[] block, int length) throws IOException;

  long length();

  void writeTo(OutputStream out, long offset, long length) throws IOException;

  /** Kept in memory. */
  static Source inMemory() {
    return InMemory::new;
  }

  /** Kept in files of a folder, which are gone with this process. */
  static Source inFolder(Path folder) {
    return () -> new InFile(folder);
  }

  /** A list of blocks. */
  final class InMemory implements Bytes {

    private final List<byte[]> blocks = new ArrayList<>();
    private long length;

    @Override
    public synchronized void append(byte[] block, int size) {
      blocks.add(size == block.length ? block : Arrays.copyOf(block, size));
      length += size;
    }

    @Override
    public synchronized long length() {
      return length;
    }

    @Override
    public void writeTo(OutputStream out, long offset, long size) throws IOException {
      long position = offset;
      while (position < offset + size) {
        byte[] block = block((int) (position / BLOCK));
        int from = (int) (position % BLOCK);
        int count = (int) Math.min(block.length - from, offset + size - position);
        out.write(block, from, count);
        position += count;
      }
    }

    private synchronized byte[] block(int index) {
      return blocks.get(index);
    }
  }

  /** A file that has lost its name, so that the system removes it when nobody holds it. */
  final class InFile implements Bytes {

    private final FileChannel channel;

    InFile(Path folder) throws IOException {
      Path file = Files.createTempFile(folder, "bytes", "");
      channel = FileChannel.open(
          file,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.DELETE_ON_CLOSE);
    }

    @Override
    public synchronized void append(byte[] block, int size) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(block, 0, size);
      long position = channel.size();
      while (buffer.hasRemaining()) {
        position += channel.write(buffer, position);
      }
    }

    @Override
    public synchronized long length() {
      try {
        return channel.size();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void writeTo(OutputStream out, long offset, long size) throws IOException {
      WritableByteChannel target = Channels.newChannel(out);
      long position = offset;
      while (position < offset + size) {
        position += channel.transferTo(position, offset + size - position, target);
      }
    }
  }
}
