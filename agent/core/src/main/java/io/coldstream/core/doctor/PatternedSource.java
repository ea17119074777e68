package io.coldstream.core.doctor;

import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.store.ObjectSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.random.RandomGenerator;

/**
 * Content of any length that is not held in memory: a random block, changed at each repetition, so that
 * parts which are swapped, repeated or cut are detected.
 */
final class PatternedSource implements ObjectSource {

  /** A prime, so that no two parts begin with the same bytes. */
  private static final int BLOCK_BYTES = 65_521;

  private final byte[] block = new byte[BLOCK_BYTES];
  private final long lengthBytes;

  PatternedSource(RandomGenerator random, long lengthBytes) {
    random.nextBytes(block);
    this.lengthBytes = lengthBytes;
  }

  /** Digest of the content. */
  Sha256 sha256() throws IOException {
    MessageDigest digest = Sha256.newDigest();
    try (InputStream in = new DigestInputStream(open(0), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return Sha256.of(digest);
  }

  @Override
  public long lengthBytes() {
    return lengthBytes;
  }

  @Override
  public InputStream open(long offsetBytes) {
    return new Stream(offsetBytes);
  }

  @Override
  public Pass begin() {
    return new Counting();
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
      if (length > 0 && next >= lengthBytes) {
        return -1;
      }
      int count = (int) Math.min(length, lengthBytes - next);
      for (int i = 0; i < count; i++) {
        bytes[offset + i] = at(next++);
      }
      return count;
    }

    private byte at(long position) {
      return (byte) (block[(int) (position % BLOCK_BYTES)] + position / BLOCK_BYTES);
    }
  }

  /** Approves content of the right length; the bytes are compared when the object is read back. */
  private final class Counting implements Pass {
    private long seen;

    @Override
    public void accept(byte[] bytes, int offset, int length) {
      seen += length;
    }

    @Override
    public void approve() throws IOException {
      if (seen != lengthBytes) {
        throw new IOException("approval was asked at byte " + seen + " of " + lengthBytes);
      }
    }
  }
}
