package io.coldstream.store.testkit;

import io.coldstream.store.ObjectSource;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Content that is another one each time it is opened. Its passes approve whatever they are given and
 * remember its digest: a store may refuse such a source, or store exactly what a pass approved, but
 * never bytes that no pass has seen. Thread-safe.
 */
public final class ChangingSource implements ObjectSource {

  private final long lengthBytes;
  private final AtomicInteger opened = new AtomicInteger();
  private final List<byte[]> approved = new ArrayList<>();

  /**
   * A source that changes.
   *
   * @param lengthBytes the length of every content
   */
  public ChangingSource(long lengthBytes) {
    this.lengthBytes = lengthBytes;
  }

  /**
   * What the passes approved.
   *
   * @return the SHA-256 of each approved content
   */
  public synchronized List<byte[]> approved() {
    return List.copyOf(approved);
  }

  @Override
  public long lengthBytes() {
    return lengthBytes;
  }

  @Override
  public InputStream open(long offsetBytes) {
    return new RandomSource(opened.getAndIncrement(), lengthBytes).open(offsetBytes);
  }

  @Override
  public Pass begin() {
    return new Remembering();
  }

  /**
   * The digest that passes remember.
   *
   * @return a fresh SHA-256
   */
  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  private final class Remembering implements Pass {
    private final MessageDigest digest = sha256();

    @Override
    public void accept(byte[] bytes, int offset, int length) {
      digest.update(bytes, offset, length);
    }

    @Override
    public void approve() {
      synchronized (ChangingSource.this) {
        approved.add(digest.digest());
      }
    }
  }
}
