package io.coldstream.store.testkit;

import io.coldstream.store.ObjectSource;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * Content of any length that looks random, is the same each time, and is never held in memory: the
 * bytes follow from the seed and their offset alone. Its pass refuses every byte that is not the
 * expected one, and an approval before the last. Thread-safe.
 *
 * @param seed chooses the content
 * @param lengthBytes its length, 0 or more
 */
public record RandomSource(long seed, long lengthBytes) implements ObjectSource {

  /**
   * Most bytes that a read of the stream gives at once: a prime, so that no adapter takes one read
   * for one part.
   */
  public static final int MAX_AT_ONCE = 8191;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /**
   * The byte at an offset.
   *
   * @param offsetBytes where, also after the end
   * @return what a content of sufficient length has there
   */
  public byte at(long offsetBytes) {
    return (byte) (word(offsetBytes >> 3) >>> ((offsetBytes & 7) << 3));
  }

  /**
   * The whole content, where it is small.
   *
   * @return a new array
   */
  public byte[] bytes() {
    byte[] bytes = new byte[Math.toIntExact(lengthBytes)];
    fill(bytes, 0, bytes.length, 0);
    return bytes;
  }

  @Override
  public InputStream open(long offsetBytes) {
    Objects.checkIndex(offsetBytes, lengthBytes + 1);
    return new Stream(offsetBytes);
  }

  @Override
  public Pass begin() {
    return new Comparing();
  }

  private void fill(byte[] bytes, int offset, int length, long from) {
    int i = 0;
    while (i < length && ((from + i) & 7) != 0) {
      bytes[offset + i] = at(from + i);
      i++;
    }
    for (; i + Long.BYTES <= length; i += Long.BYTES) {
      WORDS.set(bytes, offset + i, word((from + i) >> 3));
    }
    for (; i < length; i++) {
      bytes[offset + i] = at(from + i);
    }
  }

  /** SplitMix64: each word follows from its index, so that a stream can start anywhere. */
  private long word(long index) {
    long z = seed * 0xD1342543DE82EF95L + (index + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private final class Stream extends InputStream {
    private long next;

    Stream(long next) {
      this.next = next;
    }

    @Override
    public int read() {
      return next < lengthBytes ? at(next++) & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      Objects.checkFromIndexSize(offset, length, bytes.length);
      if (length == 0) {
        return 0;
      }
      if (next >= lengthBytes) {
        return -1;
      }
      int count = (int) Math.min(Math.min(length, MAX_AT_ONCE), lengthBytes - next);
      fill(bytes, offset, count, next);
      next += count;
      return count;
    }
  }

  private final class Comparing implements Pass {
    private final byte[] expected = new byte[MAX_AT_ONCE];
    private long seen;

    @Override
    public void accept(byte[] bytes, int offset, int length) throws IOException {
      for (int done = 0; done < length; done += expected.length) {
        int count = (int) Math.min(Math.min(expected.length, length - done), lengthBytes - seen);
        fill(expected, 0, count, seen);
        int from = offset + done;
        int wrong = Arrays.mismatch(expected, 0, count, bytes, from, from + count);
        if (wrong >= 0 || count < Math.min(expected.length, length - done)) {
          throw new IOException("the pass was given a byte that is not the one at "
              + (seen + (wrong >= 0 ? wrong : count)));
        }
        seen += count;
      }
    }

    @Override
    public void approve() throws IOException {
      if (seen != lengthBytes) {
        throw new IOException("approval was asked at byte " + seen + " of " + lengthBytes);
      }
    }
  }
}
